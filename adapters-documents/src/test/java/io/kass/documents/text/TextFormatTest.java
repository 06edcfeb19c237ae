package io.kass.documents.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kass.documents.TestDocuments;
import io.kass.ports.document.Block;
import io.kass.ports.document.DocumentReader;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import io.kass.ports.document.ReadDocument;
import io.kass.ports.document.Reading.Cause;
import io.kass.ports.document.SourceType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextFormatTest {
  private static final String JAPANESE =
      """
      在宅勤務の手引き

      ・在宅勤務は、週に三日まで認められます。
      ・申請は前日の午後五時までに「ポータル」から行ってください。
      ・通信費は 1,500 円まで支給します（上限あり）。
      """
          .replace("\n", "\r\n");

  private final DocumentReader reader = TestDocuments.reader();

  @Tag("D13")
  @ParameterizedTest
  @CsvSource({
    "UTF-8, ''",
    "UTF-8, EFBBBF",
    "UTF-16LE, ''",
    "UTF-16LE, FFFE",
    "UTF-16BE, ''",
    "UTF-16BE, FEFF",
    "UTF-32LE, FFFE0000",
    "UTF-32BE, 0000FEFF",
    "windows-31j, ''",
    "EUC-JP, ''",
    "ISO-2022-JP, ''"
  })
  void decodesJapanese(String charset, String mark) {
    byte[] bytes =
        concat(HexFormat.of().parseHex(mark), JAPANESE.getBytes(Charset.forName(charset)));

    ReadDocument document = read("手引き.txt", bytes);

    assertThat(document.text()).isEqualTo(JAPANESE);
    assertThat(document.blocks())
        .containsExactly(
            new Block.Prose(
                JAPANESE, new Place(new Locator.Lines(1, 5), List.of(), 0, JAPANESE.length())));
  }

  @Tag("D13")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Für größere Änderungen gilt eine Frist von sechs Wochen.",
        "L’été, « déjà » fini — où ça ? À Besançon, près de la forêt.",
        "It’s the team’s job; don’t merge into “main”. Costs £40 or €45…",
        "El año pasado la compañía no asumió ningún gasto. ¿Quién lo aprobó?",
        "Straße"
      })
  void decodesWesternEuropeanFromWindows(String text) {
    assertThat(read("brief.txt", text.getBytes(Charset.forName("windows-1252"))).text())
        .isEqualTo(text);
  }

  @Tag("D13")
  @Test
  void decodesCharactersThatOnlyWindowsHasInShiftJis() {
    String text = "①髙橋㈱の見積もりは～１０日まで有効です。よろしくお願いします。\n";

    assertThat(read("見積.txt", text.getBytes(Charset.forName("windows-31j"))).text())
        .isEqualTo(text);
  }

  @Tag("D13")
  @ParameterizedTest
  @CsvSource({
    "1250, Pracownik powinien zgłosić nieobecność przed godziną ósmą rano.",
    "1250, Zaměstnanec musí ohlásit nepřítomnost před osmou hodinou ráno.",
    "1250, Zamestnanec musí ohlásiť neprítomnosť najneskôr do ôsmej hodiny.",
    "1250, A hiányzást reggel nyolc óra előtt be kell jelenteni a főnöknek. Fűtés.",
    "1250, Angajaţii trebuie să anunţe absenţa înainte de ora opt dimineaţa.",
    "1250, Zaposlenik mora javiti izostanak prije osam sati ujutro; naručiti i također dužan.",
    "1251, Сотрудник обязан сообщить об отсутствии до восьми часов утра.",
    "1251, Працівник повинен повідомити про відсутність до восьмої години ранку.",
    "1251, Служителят трябва да съобщи за отсъствието си преди осем часа сутринта.",
    "1253, Ο υπάλληλος πρέπει να δηλώσει την απουσία του πριν από τις οκτώ το πρωί.",
    "1254, Çalışan yokluğunu sabah sekizden önce bildirmelidir. İzin iki hafta önce istenir."
  })
  void decodesOtherPagesOfWindows(String page, String text) {
    byte[] bytes = text.getBytes(Charset.forName("windows-" + page));

    assertThat(read("a.txt", bytes).text()).isEqualTo(text);
  }

  @Tag("D13")
  @ParameterizedTest
  @CsvSource({
    "EUC-KR, 직원은 아침 여덟 시 전에 결근을 알려야 합니다. 휴가는 두 주 전에 승인을 받아야 합니다.",
    "GBK, 员工应当在早上八点之前报告缺勤情况。休假需要提前两周得到主管的批准。",
    "Big5, 員工應當在早上八點之前報告缺勤情況。休假需要提前兩週得到主管的批准。",
    "KOI8-R, Сотрудник обязан сообщить об отсутствии до восьми часов утра.",
    "ISO-8859-5, Сотрудник обязан сообщить об отсутствии до восьми часов утра.",
    "IBM866, Сотрудник обязан сообщить об отсутствии до восьми часов утра.",
    "IBM850, Für größere Änderungen ist überdies eine Genehmigung nötig."
  })
  void refusesWhatItWouldReadAsGarbage(String charset, String text) {
    ReadDocument document = read("a.txt", text.getBytes(Charset.forName(charset)));

    assertThat(document.cause()).isEqualTo(Cause.UNSUPPORTED);
    assertThat(document.message()).contains("character encoding", "Save it as UTF-8");
    assertThat(document.blocks()).isEmpty();
  }

  @Tag("D13")
  @Test
  void replacesWhatIsBrokenInUtf8AndReadsOn() {
    byte[] bytes =
        concat("Ärger über é".getBytes(UTF_8), new byte[] {(byte) 0xFF}, " und ö".getBytes(UTF_8));

    assertThat(read("a.txt", bytes).text()).isEqualTo("Ärger über é\uFFFD und ö");
  }

  @Tag("D13")
  @Test
  void replacesCharacterThatTheEndCutsOff() {
    byte[] whole = "休暇の申請は二週間前までに行います。休暇".getBytes(UTF_8);
    byte[] cut = Arrays.copyOf(whole, whole.length - 1);

    assertThat(read("a.txt", cut).text()).isEqualTo("休暇の申請は二週間前までに行います。休\uFFFD");
  }

  @Tag("D13")
  @Test
  void refusesNulInText() {
    ReadDocument document = read("a.txt", "a text with \0 in it\n".repeat(20).getBytes(UTF_8));

    assertThat(document.cause()).isEqualTo(Cause.UNSUPPORTED);
    assertThat(document.message()).contains("binary data");
  }

  @Tag("D13")
  @Test
  void takesNoTwoBytesForALetterOfUtf16() {
    ReadDocument document = read("junk.bin", new byte[] {0, 1});

    assertThat(document.cause()).isEqualTo(Cause.UNSUPPORTED);
    assertThat(document.message()).contains("binary data");
  }

  @Tag("D13")
  @Test
  void findsNulAfterMegabytesOfText() {
    String text = "an ordinary line of a log file\n".repeat(50_000) + "\0";

    assertThat(read("a.log", text.getBytes(UTF_8)).cause()).isEqualTo(Cause.UNSUPPORTED);
  }

  @Tag("D13")
  @Test
  void findsTheEncodingAfterMegabytesOfAscii() {
    String text = "an ordinary line of a log file\n".repeat(50_000) + JAPANESE;

    assertThat(read("a.log", text.getBytes(Charset.forName("EUC-JP"))).text()).isEqualTo(text);
  }

  @Tag("D13")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "one\ntwo\nthree\nfour",
        "one\r\ntwo\r\nthree\r\nfour",
        "one\rtwo\rthree\rfour",
        "one\r\n\rthree\nfour"
      })
  void countsLinesAsEditorsDo(String text) {
    Block block = read("a.txt", text.getBytes(UTF_8)).blocks().getFirst();

    assertThat(block.text()).isEqualTo(text);
    assertThat(block.place())
        .isEqualTo(new Place(new Locator.Lines(1, 4), List.of(), 0, text.length()));
  }

  @Tag("D15")
  @Test
  void replacesLoneSurrogates() {
    byte[] utf8 = concat("Größe ".getBytes(UTF_8), hex("EDA080"), " für é".getBytes(UTF_8));
    byte[] little =
        concat(hex("FFFE"), "a".getBytes(UTF_16LE), hex("00D8"), "b".getBytes(UTF_16LE));
    byte[] big = concat(hex("FEFF"), "a".getBytes(UTF_16BE), hex("DC00"), "b".getBytes(UTF_16BE));

    assertThat(read("a.txt", utf8).text()).matches("Größe \uFFFD+ für é");
    assertThat(read("a.txt", little).text()).matches("a\uFFFD.?").doesNotContain("\uD800");
    assertThat(read("a.txt", big).text()).isEqualTo("a\uFFFDb");
  }

  @Tag("D15")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "EFBBBF",
        "FFFE",
        "FEFF",
        "FFFE0000",
        "EFBBBF200D0A",
        "C2A0",
        "E3808020",
        "E2808B"
      })
  void takesWhatCannotBeSeenForNothing(String bytes) {
    assertThat(read("a.txt", hex(bytes)).cause()).isEqualTo(Cause.EMPTY);
  }

  @Test
  void keepsEscapeSequencesOfTerminals() {
    String log = "\u001B[31mERROR\u001B[0m it failed\n";

    assertThat(read("a.log", log.getBytes(UTF_8)).text()).isEqualTo(log);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.md",
        "A.MD",
        "notes/a.markdown",
        "a.mdown",
        "README",
        "docs/readme",
        "b\\README"
      })
  void knowsMarkdownByItsName(String name) {
    assertThat(read(name, "# Title".getBytes(UTF_8)).type()).isEqualTo(SourceType.MARKDOWN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.txt", "README.txt", "md", "a.md.bak", "", "notes.md/a"})
  void readsOtherNamesAsPlainText(String name) {
    assertThat(read(name, "# Title".getBytes(UTF_8)).type()).isEqualTo(SourceType.TEXT);
  }

  @Test
  void takesNoLetterOfTextForBinary() {
    byte[] latin = "naïve café".getBytes(ISO_8859_1);

    assertThat(read("a.txt", latin).text()).isEqualTo("naïve café");
  }

  private ReadDocument read(String name, byte[] bytes) {
    return ReadDocument.of(reader, name, bytes);
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  private static byte[] concat(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
