package dev.backplane.core.plugin;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Takes from a plugin's classes what would end the gateway: calls of {@code System.exit} and of
 * {@code exit} and {@code halt} of {@code Runtime} throw a {@link SecurityException} instead that
 * names the plugin. Classes without such a call, which is nearly all, are only looked at.
 */
final class ExitCalls {
  private static final String REFUSAL = "backplane$exit";

  // as they stand among the constants: a tag, two bytes of length, the name
  private static final String EXIT = "\001\000\004exit";
  private static final String HALT = "\001\000\004halt";

  private static final String SYSTEM = "java/lang/System";
  private static final String RUNTIME = "java/lang/Runtime";
  private static final int API = Opcodes.ASM9;

  private ExitCalls() {}

  /** The class without such calls; empty when it has none, or is none that could be read. */
  static Optional<byte[]> refuse(byte[] classFile, String plugin) {
    // what the virtual machine finds fastest: there are thousands of classes
    String constants = new String(classFile, StandardCharsets.ISO_8859_1);
    if (!constants.contains(EXIT) && !constants.contains(HALT)) {
      return Optional.empty();
    }
    try {
      ClassReader reader = new ClassReader(classFile);
      ClassWriter writer = new ClassWriter(reader, 0);
      Refusing refusing = new Refusing(writer, plugin);
      reader.accept(refusing, 0);
      return refusing.isChanged() ? Optional.of(writer.toByteArray()) : Optional.empty();
    } catch (IllegalArgumentException | IndexOutOfBoundsException unreadable) {
      return Optional.empty(); // for the virtual machine to judge: it may be too new for us
    }
  }

  private static final class Refusing extends ClassVisitor {
    private final String plugin;
    private String type = "";
    private boolean isInterface;
    private boolean ofSystem;
    private boolean ofRuntime;

    Refusing(ClassVisitor next, String plugin) {
      super(API, next);
      this.plugin = plugin;
    }

    boolean isChanged() {
      return ofSystem || ofRuntime;
    }

    @Override
    public void visit(
        int version, int access, String name, String signature, String above, String[] interfaces) {
      type = name;
      isInterface = (access & Opcodes.ACC_INTERFACE) != 0;
      super.visit(version, access, name, signature, above, interfaces);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      return new MethodVisitor(API, next) {
        @Override
        public void visitMethodInsn(
            int opcode, String owner, String called, String takes, boolean ownerIsInterface) {
          if (ends(owner, called, takes)) {
            // takes off the stack what the call would have, and like it leaves nothing
            super.visitMethodInsn(Opcodes.INVOKESTATIC, type, REFUSAL, refusal(owner), isInterface);
            return;
          }
          super.visitMethodInsn(opcode, owner, called, takes, ownerIsInterface);
        }

        @Override
        public void visitInvokeDynamicInsn(
            String called, String takes, Handle bootstrap, Object... arguments) {
          Object[] refused = arguments.clone();
          for (int i = 0; i < refused.length; i++) {
            if (refused[i] instanceof Handle handle // a method reference, such as System::exit
                && ends(handle.getOwner(), handle.getName(), handle.getDesc())) {
              String own = refusal(handle.getOwner());
              refused[i] = new Handle(Opcodes.H_INVOKESTATIC, type, REFUSAL, own, isInterface);
            }
          }
          super.visitInvokeDynamicInsn(called, takes, bootstrap, refused);
        }
      };
    }

    private static boolean ends(String owner, String called, String takes) {
      boolean exit = called.equals("exit");
      boolean halt = called.equals("halt");
      return takes.equals("(I)V")
          && ((owner.equals(SYSTEM) && exit) || (owner.equals(RUNTIME) && (exit || halt)));
    }

    /** The descriptor of the method that is called instead; it will be there. */
    private String refusal(String owner) {
      boolean system = owner.equals(SYSTEM);
      ofSystem |= system;
      ofRuntime |= !system;
      return descriptor(system);
    }

    @Override
    public void visitEnd() {
      if (ofSystem) {
        addRefusal(true);
      }
      if (ofRuntime) {
        addRefusal(false);
      }
      super.visitEnd();
    }

    private static String descriptor(boolean system) {
      return system ? "(I)V" : "(Ljava/lang/Runtime;I)V";
    }

    /** A method of the class itself, as a plugin sees no class of the gateway. */
    private void addRefusal(boolean system) {
      int visible = isInterface ? Opcodes.ACC_PUBLIC : Opcodes.ACC_PRIVATE;
      MethodVisitor method =
          super.visitMethod(
              visible | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC,
              REFUSAL,
              descriptor(system),
              null,
              null);
      String exception = Type.getInternalName(SecurityException.class);
      method.visitCode();
      method.visitTypeInsn(Opcodes.NEW, exception);
      method.visitInsn(Opcodes.DUP);
      method.visitLdcInsn("the " + plugin + " tried to end the process, which is the gateway's");
      method.visitMethodInsn(
          Opcodes.INVOKESPECIAL, exception, "<init>", "(Ljava/lang/String;)V", false);
      method.visitInsn(Opcodes.ATHROW);
      method.visitMaxs(3, system ? 1 : 2);
      method.visitEnd();
    }
  }
}
