package io.kass.core.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.ports.document.Block;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Four times the text is four times the work, whatever the text. Work is counted, not timed: the
 * chunkers are loaded a second time with all that they ask of a {@code String} sent through {@link
 * Reads}.
 */
class LinearWorkTest {
  private static final int LENGTH = 20_000;
  private static final int TIMES = 4;
  private static final Class<?> CUT = new CountingLoader().counted(Cut.class);

  static Stream<String> texts() {
    return Stream.of(
        // Without any break, and nothing but breaks.
        "x",
        "漢",
        "{",
        "}",
        "(",
        ";",
        ".",
        "\n",
        " ",
        "\r\n",
        "\u3000",
        "\t\n",
        "a.b ",
        "1. ",
        // What belongs together.
        "\u0301",
        "🇯🇵",
        "👩\u200D",
        "각",
        "\uD83D",
        "क्षि",
        // Markdown.
        "# a\n## b\n### c\n#### d\n##### e\n###### f\n",
        "# <a\n",
        "# a}\n",
        "# [[[[\n",
        "# [a](b\n",
        "```\n",
        "```\nx\n",
        "~~~\n",
        "~~~ `\n",
        "a\n---\n",
        "- ",
        "- a\n",
        "| a ",
        "| a |\n",
        "> ",
        "---\n",
        "\n\n# a\n\nb\n",
        // Code.
        "/*",
        "/* a\n",
        "//\n",
        "\"",
        "'",
        "`",
        "\"\"\"\n",
        "'''\n",
        "<<E\n",
        "$a$\n",
        "R\"(",
        "r#\"",
        "f() {\n",
        "  void f() {\n",
        "class A {\n",
        "@A\n",
        "@A(\n",
        "#\n",
        "=begin\n",
        "}\n");
  }

  @ParameterizedTest
  @MethodSource("texts")
  @Tag("D14")
  void fourTimesTheTextIsFourTimesTheWork(String piece) throws ReflectiveOperationException {
    for (String chunker :
        List.of(
            "recursive",
            "langchain",
            "sentences",
            "markdown",
            "java",
            "javascript",
            "python",
            "sql",
            "shell")) {
      long once = work(chunker, piece.repeat(LENGTH / piece.length()));
      long more = work(chunker, piece.repeat(TIMES * LENGTH / piece.length()));
      assertThat(more).as(chunker).isLessThanOrEqualTo((long) ((TIMES + 0.5) * once));
    }
  }

  private static long work(String chunker, String text) throws ReflectiveOperationException {
    @SuppressWarnings("unchecked") // It was loaded a second time, so there is nothing to check.
    var cut = (BiConsumer<String, String>) CUT.getDeclaredConstructor().newInstance();
    long before = Reads.count();
    cut.accept(chunker, text);
    return Reads.count() - before;
  }

  /** Cuts a text as one block. */
  public static final class Cut implements BiConsumer<String, String> {
    private static final ChunkSizes SIZES = new ChunkSizes(500, 80);

    @Override
    public void accept(String name, String text) {
      Chunker chunker =
          switch (name) {
            case "recursive" -> new RecursiveChunker(SIZES);
            case "langchain" -> new LangChainChunker(SIZES);
            case "sentences" -> new SentenceChunker(SIZES);
            case "markdown" -> new MarkdownChunker(SIZES);
            default -> new CodeChunker(SIZES);
          };
      var place = new Place(new Locator.Lines(1, text.length() + 1), List.of(), 0, text.length());
      Chunking chunking = chunker.begin(chunk -> {});
      chunking.accept(new Block.Code(name, text, place));
      chunking.finish();
    }
  }

  /** Loads the chunkers anew, with the calls of a {@code String} that read it changed. */
  private static final class CountingLoader extends ClassLoader {
    private static final String PACKAGE = "io.kass.core.chunking.";
    private static final String READS = "io/kass/core/chunking/Reads";

    /** What costs the same for any text. */
    private static final Set<String> FREE = Set.of("length", "isEmpty", "hashCode");

    CountingLoader() {
      super(LinearWorkTest.class.getClassLoader());
    }

    Class<?> counted(Class<?> type) {
      try {
        return loadClass(type.getName());
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(PACKAGE) || name.equals(Reads.class.getName())) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? define(name) : loaded;
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        var writer = new ClassWriter(0);
        new ClassReader(in.readAllBytes()).accept(counting(writer), 0);
        byte[] changed = writer.toByteArray();
        return defineClass(name, changed, 0, changed.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }

    private static ClassVisitor counting(ClassVisitor writer) {
      return new ClassVisitor(Opcodes.ASM9, writer) {
        @Override
        public MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
          return new MethodVisitor(
              Opcodes.ASM9, super.visitMethod(access, name, descriptor, signature, exceptions)) {
            @Override
            public void visitMethodInsn(
                int opcode, String owner, String called, String type, boolean isInterface) {
              if (opcode == Opcodes.INVOKEVIRTUAL
                  && owner.equals("java/lang/String")
                  && !FREE.contains(called)) {
                String withText = "(Ljava/lang/String;" + type.substring(1);
                super.visitMethodInsn(Opcodes.INVOKESTATIC, READS, called, withText, false);
              } else {
                super.visitMethodInsn(opcode, owner, called, type, isInterface);
              }
            }
          };
        }
      };
    }
  }
}
