package dev.backplane.core.plugin;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a class file says about itself, read without loading the class. Not by ASM, which refuses a
 * class of a Java that is newer than itself: that is what has to be told of it.
 *
 * @param name the class, with slashes
 * @param java the oldest Java that loads it: 21, for example
 * @param interfaces what it implements by itself, with slashes
 * @param uses every class that its code names, with slashes
 */
record ClassFile(String name, int java, Set<String> interfaces, Set<String> uses) {
  private static final int MAGIC = 0xCAFEBABE;
  private static final int VERSION_OF_JAVA_0 = 44;

  static ClassFile read(InputStream stream) throws IOException {
    DataInputStream bytes = new DataInputStream(stream);
    if (bytes.readInt() != MAGIC) {
      throw new IOException("it is not a class file");
    }
    bytes.skipNBytes(2); // the minor version
    int java = bytes.readUnsignedShort() - VERSION_OF_JAVA_0;
    Map<Integer, String> texts = new HashMap<>();
    Map<Integer, Integer> classes = new HashMap<>();
    readConstants(bytes, texts, classes);
    bytes.skipNBytes(2); // the access flags
    String name = text(texts, classes, bytes.readUnsignedShort());
    bytes.skipNBytes(2); // the superclass, which is among the constants
    Set<String> interfaces = new TreeSet<>();
    for (int left = bytes.readUnsignedShort(); left > 0; left--) {
      interfaces.add(text(texts, classes, bytes.readUnsignedShort()));
    }
    Set<String> uses = new TreeSet<>();
    for (Integer constant : classes.keySet()) {
      element(text(texts, classes, constant), uses);
    }
    return new ClassFile(name, java, interfaces, uses);
  }

  /** The tags and lengths are those of The Java Virtual Machine Specification, table 4.4-A. */
  private static void readConstants(
      DataInputStream bytes, Map<Integer, String> texts, Map<Integer, Integer> classes)
      throws IOException {
    int count = bytes.readUnsignedShort();
    for (int i = 1; i < count; i++) {
      int tag = bytes.readUnsignedByte();
      switch (tag) {
        case 1 -> texts.put(i, bytes.readUTF());
        case 7 -> classes.put(i, bytes.readUnsignedShort());
        case 8, 16, 19, 20 -> bytes.skipNBytes(2);
        case 15 -> bytes.skipNBytes(3);
        case 3, 4, 9, 10, 11, 12, 17, 18 -> bytes.skipNBytes(4);
        case 5, 6 -> {
          bytes.skipNBytes(8);
          i++; // a long or a double counts twice
        }
        default -> throw new IOException("it has a constant of the unknown kind " + tag);
      }
    }
  }

  private static String text(
      Map<Integer, String> texts, Map<Integer, Integer> classes, int constant) throws IOException {
    Integer index = classes.get(constant);
    String text = index == null ? null : texts.get(index);
    if (text == null) {
      throw new IOException("it refers to a constant that it does not have");
    }
    return text;
  }

  /** Adds a class, or what an array is of; nothing for an array of numbers. */
  private static void element(String name, Set<String> classes) {
    if (!name.startsWith("[")) {
      classes.add(name);
    } else if (name.endsWith(";")) {
      classes.add(name.substring(name.indexOf('L') + 1, name.length() - 1));
    }
  }
}
