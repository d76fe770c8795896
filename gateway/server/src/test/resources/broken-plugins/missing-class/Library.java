package com.example;

final class Library {}
