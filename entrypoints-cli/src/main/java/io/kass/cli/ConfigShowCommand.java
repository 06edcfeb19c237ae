package io.kass.cli;

import io.kass.cli.terminal.Printable;
import io.kass.ports.Json;
import io.kass.ports.config.ConfigSection;
import io.kass.ports.error.KassException.InvalidRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows every setting, what it is and where that comes from. */
@Command(name = "show")
final class ConfigShowCommand implements Action {
  @Parameters(arity = "0..*", paramLabel = "SECTION[.KEY]")
  private List<String> names = List.of();

  @Override
  public ExitCode run(Invocation invocation) {
    List<Shown> all = all(invocation);
    for (String name : names) {
      if (all.stream().noneMatch(setting -> setting.isOf(name))) {
        throw new InvalidRequest(
            "There is no setting or section '" + name + "'. 'kass config show' lists all.");
      }
    }
    List<Shown> shown =
        all.stream()
            .filter(setting -> names.isEmpty() || names.stream().anyMatch(setting::isOf))
            .toList();
    Output output = invocation.output();
    output.json(
        new Fields()
            .put("file", invocation.config().file().toString())
            .put("settings", shown, Shown::json)
            .json());
    for (Shown setting : shown) {
      String value = Printable.line(setting.value());
      output.line(
          setting.name()
              + (value.isEmpty() ? " =" : " = " + value)
              + output.style().dim("  (" + Printable.line(setting.origin()) + ")"));
    }
    return ExitCode.FINE;
  }

  private static List<Shown> all(Invocation invocation) {
    Map<String, String> origins = invocation.config().origins();
    var all = new TreeMap<String, Shown>();
    Sections.read(invocation.config())
        .forEach((section, record) ->
            ConfigSection.of(section, record)
                .values()
                .forEach((key, value) -> {
                  String name = section + "." + key;
                  all.put(name, new Shown(name, value, origins.getOrDefault(name, "default")));
                }));
    return List.copyOf(all.values());
  }

  /** A setting, its value as it would be written (stars for a secret), and where it was set. */
  private record Shown(String name, String value, String origin) {
    boolean isOf(String asked) {
      int dot = asked.indexOf('.');
      // A part of a section, or a setting in it, may be asked for as the file has it.
      String plain = asked.substring(0, dot + 1) + asked.substring(dot + 1).replace('.', '-');
      return name.equals(plain)
          || (dot < 0 ? name.startsWith(asked + ".") : name.startsWith(plain + "-"));
    }

    Json.Obj json() {
      return new Fields().put("name", name).put("value", value).put("origin", origin).json();
    }
  }
}
