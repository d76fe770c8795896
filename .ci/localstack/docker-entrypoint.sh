#!/bin/sh
# Where Testcontainers starts an image of LocalStack.
exec /opt/localstack/bin/python -m localstack.runtime.main
