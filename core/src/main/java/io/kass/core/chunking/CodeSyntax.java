package io.kass.core.chunking;

import io.kass.core.chunking.Words.Role;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * As much of the syntax of a programming language as its lines show at their beginnings, and what
 * begins a literal or comment that may reach over several lines.
 */
final class CodeSyntax {
  /** What a language has. */
  enum Trait {
    /** Comments after two slashes and between {@code /*} and its mirror image. */
    SLASHES,

    /** Comments after {@code #}. */
    HASHES,

    /** Comments after two dashes. */
    DASHES,

    /** Lines for a preprocessor begin with {@code #}. */
    DIRECTIVES,

    /** Annotations or decorators begin with {@code @}. */
    ANNOTATIONS,

    /** Attributes stand in brackets on lines of their own. */
    ATTRIBUTES,

    /** A function is declared as {@code type name(}, within a type or at the left margin. */
    TYPED,

    /** The return type of a function may stand on the line before its name. */
    SPLIT_HEADS,

    /** Methods are {@code name(}, without any type or keyword, within a type only. */
    METHODS,

    /** Regular expressions stand between slashes. */
    REGULAR_EXPRESSIONS,

    /** Functions are {@code name()}. */
    SHELL,

    /** Three quotes begin and end a literal. */
    TRIPLE_QUOTES,

    /** Literals between three quotes begin at the end of a line. */
    TEXT_BLOCKS,

    /** A literal between single quotes may go over several lines. */
    LONG_SINGLE,

    /** A literal between double quotes may go over several lines. */
    LONG_DOUBLE,

    /** Single quotes stand around single characters and before lifetimes. */
    LIFETIMES,

    /** Names of literals after {@code <<} end them. */
    HEREDOCS,

    /** Literals stand between two equal tags such as {@code $$}. */
    DOLLAR_QUOTES,

    /** Within backticks a backslash means what it does elsewhere. */
    ESCAPED_BACKTICKS,

    /** {@code @"} or {@code R"} begins a literal in which a backslash is only that. */
    RAW_QUOTES
  }

  /** What a line may begin with. */
  static final byte OTHER = 0;

  static final byte WORD = 1;

  /** Goes on with the line before, or closes what it opened. */
  static final byte GLUE = 2;

  static final byte SLASH = 3;

  /** A comment, or an attribute, up to the end of the line. */
  static final byte COMMENT = 4;

  static final byte DASH = 5;
  static final byte DIRECTIVE = 6;

  private static final String COMMON_CONTROL =
      "if for while switch return throw try do new case assert goto import using package yield"
          + " await delete foreach with";
  private static final String COMMON_CONTINUATION = "else catch finally extends implements where";

  private static final Map<String, CodeSyntax> BY_LANGUAGE = new HashMap<>();
  private static final CodeSyntax ANY;
  private static final CodeSyntax NONE;

  static {
    add(
        "java",
        EnumSet.of(
            Trait.SLASHES, Trait.ANNOTATIONS, Trait.TYPED, Trait.TRIPLE_QUOTES, Trait.TEXT_BLOCKS),
        List.of(),
        meanings()
            .are(Role.TYPE, "class interface enum record @interface")
            .are(
                Role.MODIFIER,
                "public protected private static final abstract sealed non-sealed strictfp"
                    + " synchronized native default transient volatile")
            .are(Role.CONTROL, COMMON_CONTROL + " super this module")
            .are(Role.CONTINUATION, COMMON_CONTINUATION + " throws permits"));
    add(
        "groovy",
        EnumSet.of(Trait.SLASHES, Trait.ANNOTATIONS, Trait.TYPED, Trait.TRIPLE_QUOTES),
        List.of("\"\"\"", "'''"),
        meanings()
            .are(Role.TYPE, "class interface enum trait record")
            .are(
                Role.MODIFIER,
                "public protected private static final abstract synchronized default def")
            .are(Role.CONTROL, COMMON_CONTROL + " super this")
            .are(Role.CONTINUATION, COMMON_CONTINUATION + " throws"));
    add(
        "kotlin",
        EnumSet.of(Trait.SLASHES, Trait.ANNOTATIONS, Trait.TRIPLE_QUOTES),
        List.of("\"\"\""),
        meanings()
            .are(Role.TYPE, "class interface object")
            .are(Role.FUNCTION, "fun")
            .are(Role.NAMED, "init constructor")
            .are(
                Role.MODIFIER,
                "public protected private internal open abstract final override sealed data enum"
                    + " annotation inline value inner companion suspend operator infix tailrec"
                    + " external expect actual lateinit noinline crossinline")
            .are(Role.CONTROL, COMMON_CONTROL)
            .are(Role.CONTINUATION, COMMON_CONTINUATION));
    add(
        "python",
        EnumSet.of(Trait.HASHES, Trait.ANNOTATIONS, Trait.TRIPLE_QUOTES),
        List.of("\"\"\"", "'''"),
        meanings()
            .are(Role.TYPE, "class")
            .are(Role.FUNCTION, "def")
            .are(Role.MODIFIER, "async")
            .are(Role.CONTINUATION, "else elif except finally"));
    CodeSyntax script =
        add(
            "javascript",
            EnumSet.of(
                Trait.SLASHES,
                Trait.ANNOTATIONS,
                Trait.METHODS,
                Trait.REGULAR_EXPRESSIONS,
                Trait.ESCAPED_BACKTICKS),
            List.of("`"),
            meanings()
                .are(Role.TYPE, "class interface enum namespace type")
                .are(Role.FUNCTION, "function")
                .are(Role.VARIABLE, "const let var")
                .are(
                    Role.MODIFIER,
                    "export default async static public private protected readonly abstract declare"
                        + " override get set accessor")
                .are(Role.CONTROL, COMMON_CONTROL)
                .are(Role.CONTINUATION, COMMON_CONTINUATION));
    BY_LANGUAGE.put("typescript", script);
    add(
        "go",
        EnumSet.of(Trait.SLASHES),
        List.of("`"),
        meanings()
            .are(Role.TYPE, "type")
            .are(Role.FUNCTION, "func")
            .are(Role.CONTROL, COMMON_CONTROL)
            .are(Role.CONTINUATION, "else"));
    add(
        "rust",
        EnumSet.of(Trait.SLASHES, Trait.ATTRIBUTES, Trait.LIFETIMES),
        List.of("r#"),
        meanings()
            .are(Role.TYPE, "struct enum trait impl mod union macro_rules!")
            .are(Role.FUNCTION, "fn")
            .are(Role.MODIFIER, "pub async unsafe extern const default")
            .are(Role.CONTROL, "if for while loop match return let use")
            .are(Role.CONTINUATION, "else where"));
    add(
        "c",
        EnumSet.of(Trait.SLASHES, Trait.DIRECTIVES, Trait.TYPED, Trait.SPLIT_HEADS),
        List.of(),
        meanings()
            .are(Role.TYPE, "struct union enum")
            .are(Role.MODIFIER, "static extern inline typedef const")
            .are(Role.CONTROL, COMMON_CONTROL + " sizeof")
            .are(Role.CONTINUATION, "else"));
    add(
        "cpp",
        EnumSet.of(
            Trait.SLASHES, Trait.DIRECTIVES, Trait.TYPED, Trait.SPLIT_HEADS, Trait.RAW_QUOTES),
        List.of("R\""),
        meanings()
            .are(Role.TYPE, "class struct union enum namespace concept")
            .are(
                Role.MODIFIER,
                "static extern inline typedef const constexpr consteval virtual explicit friend"
                    + " mutable")
            .are(Role.LABEL, "public protected private signals slots")
            .are(Role.CONTROL, COMMON_CONTROL + " sizeof")
            .are(Role.CONTINUATION, "else catch"));
    add(
        "csharp",
        EnumSet.of(
            Trait.SLASHES,
            Trait.DIRECTIVES,
            Trait.ATTRIBUTES,
            Trait.TYPED,
            Trait.TRIPLE_QUOTES,
            Trait.RAW_QUOTES),
        List.of("\"\"\"", "@\""),
        meanings()
            .are(Role.TYPE, "class interface struct enum record namespace")
            .are(
                Role.MODIFIER,
                "public protected private internal static readonly abstract sealed partial virtual"
                    + " override async extern unsafe new const file required ref")
            .are(Role.CONTROL, COMMON_CONTROL.replace(" new", "") + " lock fixed get set")
            .are(Role.CONTINUATION, COMMON_CONTINUATION));
    add(
        "ruby",
        EnumSet.of(Trait.HASHES, Trait.HEREDOCS),
        List.of("<<", "=begin"),
        meanings()
            .are(Role.TYPE, "class module")
            .are(Role.FUNCTION, "def")
            .are(Role.LABEL, "private protected public private_class_method module_function")
            .are(Role.CLOSER, "end")
            .are(Role.CONTINUATION, "else elsif rescue ensure when then in"));
    add(
        "php",
        EnumSet.of(Trait.SLASHES, Trait.HASHES, Trait.HEREDOCS),
        List.of("<<<"),
        meanings()
            .are(Role.TYPE, "class interface trait enum")
            .are(Role.FUNCTION, "function")
            .are(Role.MODIFIER, "abstract final public protected private static readonly")
            .are(Role.CONTROL, COMMON_CONTROL + " echo use namespace require include")
            .are(Role.CONTINUATION, COMMON_CONTINUATION + " elseif"));
    add(
        "sql",
        EnumSet.of(Trait.SLASHES, Trait.DASHES, Trait.LONG_SINGLE, Trait.DOLLAR_QUOTES),
        List.of("'", "$"),
        meanings()
            .anyCase()
            .are(Role.CREATE, "create")
            .are(
                Role.STATEMENT,
                "alter insert update delete select drop with grant revoke merge truncate comment"
                    + " set use call exec execute begin commit declare copy replace explain analyze"
                    + " vacuum refresh delimiter do")
            .are(
                Role.MODIFIER,
                "or replace temp temporary global local unlogged unique clustered nonclustered"
                    + " materialized recursive editionable if not exists concurrently external"
                    + " virtual constraint public")
            .are(
                Role.TYPE,
                "table view function procedure proc trigger index type schema sequence package body"
                    + " database role user extension domain policy event synonym")
            .are(Role.CLOSER, "end go"));
    add(
        "shell",
        EnumSet.of(Trait.HASHES, Trait.SHELL, Trait.HEREDOCS, Trait.LONG_SINGLE, Trait.LONG_DOUBLE),
        List.of("<<", "'", "\""),
        meanings()
            .are(Role.FUNCTION, "function")
            .are(Role.CLOSER, "fi done esac")
            .are(Role.CONTROL, "if for while until case return exit local export")
            .are(Role.CONTINUATION, "else elif then do"));
    ANY =
        new CodeSyntax(
            EnumSet.of(Trait.SLASHES, Trait.ANNOTATIONS, Trait.TRIPLE_QUOTES),
            List.of("\"\"\""),
            meanings()
                .are(Role.TYPE, "class interface trait object struct enum module namespace")
                .are(Role.TYPE, "protocol extension impl actor mixin message service")
                .are(Role.FUNCTION, "def func function fn fun sub")
                .are(
                    Role.MODIFIER,
                    "public protected private internal open fileprivate abstract final static"
                        + " override sealed case implicit lazy mutating export async local my")
                .are(Role.CONTROL, COMMON_CONTROL)
                .are(Role.CLOSER, "end")
                .are(Role.CONTINUATION, COMMON_CONTINUATION));
    for (String language : List.of("swift", "scala", "dart", "protobuf")) {
      BY_LANGUAGE.put(language, ANY);
    }
    CodeSyntax hashed = new CodeSyntax(EnumSet.of(Trait.HASHES), List.of(), meanings());
    for (String language :
        List.of(
            "yaml",
            "toml",
            "ini",
            "properties",
            "dockerfile",
            "makefile",
            "cmake",
            "graphql",
            "terraform")) {
      BY_LANGUAGE.put(language, hashed);
    }
    add(
        "perl",
        EnumSet.of(Trait.HASHES, Trait.HEREDOCS),
        List.of("<<"),
        meanings().are(Role.FUNCTION, "sub").are(Role.CONTINUATION, "else elsif"));
    add(
        "powershell",
        EnumSet.of(Trait.HASHES),
        List.of(),
        meanings()
            .anyCase()
            .are(Role.TYPE, "class enum")
            .are(Role.FUNCTION, "function filter")
            .are(Role.CONTINUATION, "else elseif catch finally"));
    add(
        "lua",
        EnumSet.of(Trait.DASHES),
        List.of(),
        meanings()
            .are(Role.FUNCTION, "function")
            .are(Role.MODIFIER, "local")
            .are(Role.CLOSER, "end")
            .are(Role.CONTINUATION, "else elseif then"));
    NONE = new CodeSyntax(EnumSet.noneOf(Trait.class), List.of(), meanings());
    for (String language : List.of("xml", "vue", "svelte", "batch", "text")) {
      BY_LANGUAGE.put(language, NONE);
    }
    add("css", EnumSet.of(Trait.SLASHES), List.of(), meanings());
  }

  private final EnumSet<Trait> traits;
  private final List<String> openers;
  private final Words words;
  private final byte[] beginnings = new byte[128];

  private CodeSyntax(EnumSet<Trait> traits, List<String> openers, Meanings meanings) {
    this.traits = EnumSet.copyOf(traits);
    this.openers = openers;
    this.words = new Words(meanings.roles, meanings.anyCase);
    for (char c = 0; c < beginnings.length; c++) {
      beginnings[c] = Character.isLetter(c) || c == '_' || c == '$' || c == '~' ? WORD : OTHER;
    }
    // What only describes data has lines that begin with almost anything.
    String glue = meanings.roles.isEmpty() ? "{})]," : "{}()],.:?&|+*=>;%^!";
    glue.chars().forEach(c -> beginnings[c] = GLUE);
    set('/', SLASH, Trait.SLASHES);
    set('-', DASH, Trait.DASHES);
    set('#', COMMENT, Trait.HASHES);
    set('#', DIRECTIVE, Trait.DIRECTIVES);
    set('#', COMMENT, Trait.ATTRIBUTES);
    set('[', COMMENT, Trait.ATTRIBUTES);
    set('@', WORD, Trait.ANNOTATIONS);
    if (has(Trait.ATTRIBUTES) && has(Trait.DIRECTIVES)) {
      beginnings['#'] = DIRECTIVE;
    }
  }

  private void set(char c, byte beginning, Trait trait) {
    if (has(trait)) {
      beginnings[c] = beginning;
    }
  }

  /** The syntax of a language by its name in lower case; that of most languages for others. */
  static CodeSyntax of(@Nullable String language) {
    return language == null ? NONE : BY_LANGUAGE.getOrDefault(language, ANY);
  }

  boolean has(Trait trait) {
    return traits.contains(trait);
  }

  /** What may begin a literal or a comment of several lines. */
  List<String> openers() {
    return openers;
  }

  Words words() {
    return words;
  }

  /** What a line is that begins with this character. */
  byte beginning(char c) {
    return c < beginnings.length ? beginnings[c] : Character.isLetter(c) ? WORD : OTHER;
  }

  private static CodeSyntax add(
      String language, EnumSet<Trait> traits, List<String> openers, Meanings meanings) {
    var syntax = new CodeSyntax(traits, openers, meanings);
    BY_LANGUAGE.put(language, syntax);
    return syntax;
  }

  private static Meanings meanings() {
    return new Meanings();
  }

  /** Collects the words of a language. */
  private static final class Meanings {
    private final Map<String, Role> roles = new HashMap<>();
    private boolean anyCase;

    Meanings are(Role role, String list) {
      Arrays.stream(list.split(" ", -1)).forEach(word -> roles.put(word, role));
      return this;
    }

    Meanings anyCase() {
      anyCase = true;
      return this;
    }
  }
}
