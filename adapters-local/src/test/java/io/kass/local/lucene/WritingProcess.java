package io.kass.local.lucene;

import static io.kass.ports.index.ChunkBuilder.chunk;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Writes one document for each line that it is sent, and answers each; ends with its input. */
final class WritingProcess {
  private WritingProcess() {}

  public static void main(String[] arguments) throws IOException {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (TestIndex index = TestIndex.open(Path.of(arguments[0]))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.equals("close")) {
          break;
        }
        index.replace(line, "1", chunk(line, "common " + line).build());
        System.out.println("written " + line);
        System.out.flush();
      }
    }
    System.out.println("closed");
    System.out.flush();
  }
}
