import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Brings class files from before Java 6 up to Java 8, in every jar of a folder.
 *
 * <p>Java's class cache leaves such classes out and verifies them the slow way at every start.
 * Picocli is compiled for Java 5: with this, a command starts about 100 ms sooner. Only the version
 * and the stack maps change. Run straight from source by {@code prepare.sh}, on Java 24 or newer.
 */
final class Modernize {
  private static final int JAVA_6 = 50;
  private static final int JAVA_8 = 52;

  private Modernize() {}

  public static void main(String[] arguments) throws IOException {
    List<Path> jars;
    try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
      jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
    for (Path jar : jars) {
      boolean old;
      try (ZipFile zip = new ZipFile(jar.toFile())) {
        old = zip.stream().anyMatch(entry -> isOldClass(zip, entry)) && !isSigned(zip);
        if (old) {
          rewrite(zip, jar.resolveSibling(jar.getFileName() + ".new"));
        }
      }
      if (old) {
        Files.move(
            jar.resolveSibling(jar.getFileName() + ".new"),
            jar,
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** Reads no more than the first eight bytes: magic, minor and major version. */
  private static boolean isOldClass(ZipFile zip, ZipEntry entry) {
    if (!entry.getName().endsWith(".class")) {
      return false;
    }
    try (InputStream stream = zip.getInputStream(entry)) {
      byte[] head = stream.readNBytes(8);
      return head.length == 8 && ((head[6] & 0xff) << 8 | head[7] & 0xff) < JAVA_6;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isSigned(ZipFile zip) {
    return zip.stream().anyMatch(entry -> entry.getName().matches("META-INF/[^/]+\\.SF"));
  }

  private static void rewrite(ZipFile zip, Path target) throws IOException {
    ClassFile classFile =
        ClassFile.of(
            StackMapsOption.GENERATE_STACK_MAPS,
            ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(
                        type -> open(zip, resource(type.descriptorString())))
                    .orElse(ClassHierarchyResolver.defaultResolver())));
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(target))) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        byte[] bytes;
        try (InputStream stream = zip.getInputStream(entry)) {
          bytes = stream.readAllBytes();
        }
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTime(entry.getTime());
        out.putNextEntry(copy);
        out.write(isOldClass(zip, entry) ? modern(classFile, bytes) : bytes);
        out.closeEntry();
      }
    }
  }

  private static byte[] modern(ClassFile classFile, byte[] bytes) {
    ClassModel model = classFile.parse(bytes);
    return classFile.transformClass(
        model,
        (builder, element) -> {
          switch (element) {
            case ClassFileVersion _ -> builder.withVersion(JAVA_8, 0);
            case MethodModel method ->
                builder.transformMethod(
                    method,
                    (methodBuilder, part) -> {
                      if (part instanceof CodeModel code) {
                        methodBuilder.transformCode(code, CodeTransform.ACCEPT_ALL);
                      } else {
                        methodBuilder.with(part);
                      }
                    });
            default -> builder.with(element);
          }
        });
  }

  private static String resource(String descriptor) {
    return descriptor.substring(1, descriptor.length() - 1) + ".class";
  }

  private static InputStream open(ZipFile zip, String name) {
    ZipEntry entry = zip.getEntry(name);
    try {
      return entry == null ? null : zip.getInputStream(entry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
