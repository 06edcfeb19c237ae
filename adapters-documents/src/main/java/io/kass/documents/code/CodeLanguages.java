package io.kass.documents.code;

import io.kass.documents.format.Sample;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells the language of source code by its first line, its name, and where that is not enough. */
final class CodeLanguages {
  private static final Map<String, String> BY_EXTENSION =
      table(
          """
          java java
          kotlin kt kts
          python py pyi pyw
          javascript js mjs cjs jsx
          typescript ts mts cts tsx
          go go
          rust rs
          c c
          cpp cc cpp cxx c++ hpp hh hxx h++ inl ipp
          csharp cs csx
          ruby rb rake gemspec
          php php phtml
          sql sql ddl dml psql plsql
          shell sh bash zsh ksh
          powershell ps1 psm1 psd1
          batch bat cmd
          swift swift
          scala scala sc
          groovy groovy gradle
          dart dart
          lua lua
          perl pl pm
          css css scss less
          yaml yaml yml
          toml toml
          ini ini cfg conf editorconfig
          properties properties env
          xml xml xsd xsl xslt wsdl pom
          terraform tf tfvars hcl
          protobuf proto
          graphql graphql gql
          dockerfile dockerfile
          makefile mk mak
          cmake cmake
          vue vue
          svelte svelte
          """);

  private static final Map<String, String> BY_NAME =
      table(
          """
          dockerfile dockerfile containerfile
          makefile makefile gnumakefile bsdmakefile
          cmake cmakelists.txt
          groovy jenkinsfile
          ruby rakefile gemfile vagrantfile podfile
          shell .bashrc .bash_profile .profile .zshrc .envrc
          properties .env
          """);

  private static final Map<String, String> BY_INTERPRETER =
      table(
          """
          shell sh bash zsh ksh dash ash
          python python
          javascript node nodejs
          typescript ts-node deno bun tsx
          ruby ruby
          perl perl
          php php
          groovy groovy
          lua lua
          """);

  private static final Pattern INTERPRETER =
      Pattern.compile(
          "#![ \\t]*(?:/\\S*/)?(?:env[ \\t]+(?:-\\S+[ \\t]+|\\w+=\\S*["
              + " \\t]+)*)?([A-Za-z][A-Za-z-]*)");

  private static final Pattern CPP =
      Pattern.compile(
          "(?m)^\\s*(?:class|namespace|template\\s*<|using\\s+\\w|(?:public|private|protected)\\s*:)"
              + "|\\bstd::|#include\\s*<\\w+>|\\bconstexpr\\b|\\bnullptr\\b|\\bvirtual\\b");

  private CodeLanguages() {}

  /** The language; {@code text} where nothing tells it. */
  static String of(Sample sample) {
    String named = ofName(sample);
    if (named != null) {
      return named;
    }
    String interpreter = ofInterpreter(sample.text());
    return interpreter == null ? "text" : interpreter;
  }

  /** The language that the name tells, or null. */
  static @Nullable String ofName(Sample sample) {
    String name = sample.plainName();
    String extension = sample.extension();
    if (extension.equals("h")) {
      return CPP.matcher(sample.text()).find() ? "cpp" : "c";
    } else if (extension.equals("ts") && sample.text().startsWith("<?xml")) {
      // Translations of Qt have that name, too.
      return "xml";
    }
    String known = BY_NAME.get(name);
    if (known == null) {
      known = BY_EXTENSION.get(extension);
    }
    return known != null || !name.startsWith("dockerfile.") ? known : "dockerfile";
  }

  /** The language of the program that the first line names after {@code #!}, or null. */
  static @Nullable String ofInterpreter(String text) {
    Matcher line = INTERPRETER.matcher(text);
    return line.lookingAt() ? BY_INTERPRETER.get(line.group(1).toLowerCase(Locale.ROOT)) : null;
  }

  /** A line a language: its name, and what tells it. */
  private static Map<String, String> table(String lines) {
    var languages = new HashMap<String, String>();
    for (String line : lines.strip().split("\n", -1)) {
      String[] words = line.split(" ", -1);
      for (int i = 1; i < words.length; i++) {
        languages.put(words[i], words[0]);
      }
    }
    return Map.copyOf(languages);
  }
}
