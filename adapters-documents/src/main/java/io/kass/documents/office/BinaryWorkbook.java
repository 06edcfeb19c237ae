package io.kass.documents.office;

import io.kass.documents.format.Sections;
import io.kass.documents.guarded.BlockSink;
import io.kass.ports.document.Reading;
import io.kass.ports.document.Reading.Cause;
import io.kass.ports.document.SourceType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.poi.EncryptedDocumentException;
import org.apache.poi.hssf.record.BOFRecord;
import org.apache.poi.hssf.record.BoundSheetRecord;
import org.apache.poi.hssf.record.DateWindow1904Record;
import org.apache.poi.hssf.record.EOFRecord;
import org.apache.poi.hssf.record.ExtendedFormatRecord;
import org.apache.poi.hssf.record.FontRecord;
import org.apache.poi.hssf.record.FormatRecord;
import org.apache.poi.hssf.record.NameRecord;
import org.apache.poi.hssf.record.Record;
import org.apache.poi.hssf.record.RecordFactoryInputStream;
import org.apache.poi.hssf.record.SSTRecord;
import org.apache.poi.poifs.filesystem.DirectoryNode;
import org.apache.poi.ss.formula.ptg.AreaPtgBase;
import org.apache.poi.ss.formula.ptg.Ptg;
import org.jspecify.annotations.Nullable;

/**
 * Reads an XLS workbook of Excel 97 to 2003 as {@link Workbook} reads its successor. Its records
 * come as a stream, twice: what says how cells are to be read stands behind them. Macros are not
 * even looked at.
 */
final class BinaryWorkbook {
  static final String MEDIA_TYPE = "application/vnd.ms-excel";
  static final String TOO_OLD =
      "a workbook of an Excel before 97 (XLS). Save it as XLSX with Excel or LibreOffice";

  /** The version of all workbooks from Excel 97 on. */
  private static final int BIFF8 = 0x600;

  private static final int BOLD = 600;

  private final DirectoryNode root;
  private final Sections sections;
  private final List<BoundSheetRecord> bound = new ArrayList<>();
  private final Map<Integer, Integer> filters = new HashMap<>();
  private final Map<BoundSheetRecord, BinarySheet> sheets = new HashMap<>();

  private final Map<Integer, String> codes = new HashMap<>();
  private final List<Boolean> bold = new ArrayList<>();
  private final List<ExtendedFormatRecord> looks = new ArrayList<>();
  private final CellFormats formats = new CellFormats();
  private @Nullable SSTRecord strings;
  private boolean from1904;

  BinaryWorkbook(DirectoryNode root, BlockSink blocks) {
    this.root = root;
    this.sections = new Sections(blocks, SourceType.SPREADSHEET, MEDIA_TYPE);
  }

  Reading read() throws IOException {
    records(this::survey);
    records((record, sheet) -> {
      if (sheet != null) {
        sheet.content(record);
      }
    });
    return Workbook.end(sections, MEDIA_TYPE);
  }

  private interface Records {
    /** A record of this sheet, or of the workbook itself. */
    void take(Record record, @Nullable BinarySheet sheet) throws IOException;
  }

  /** Goes through all records but those of charts, programs and what is within a sheet. */
  private void records(Records to) throws IOException {
    try (var in = root.createDocumentInputStream("Workbook")) {
      var stream = new RecordFactoryInputStream(in, false);
      int depth = 0;
      int parts = 0;
      BinarySheet sheet = null;
      for (Record record = stream.nextRecord(); record != null; record = stream.nextRecord()) {
        if (record instanceof BOFRecord begin) {
          depth++;
          if (depth == 1) {
            sheet = parts == 0 ? null : sheet(parts - 1, begin);
            parts++;
          }
          if (begin.getVersion() != BIFF8) {
            throw new Refused(Cause.UNSUPPORTED, "It is " + TOO_OLD + ", or leave it out.");
          }
        }
        if (depth == 1 && (parts == 1 || sheet != null)) {
          to.take(record, sheet);
        }
        if (record instanceof EOFRecord) {
          depth--;
        }
      }
      if (depth != 0 || parts != bound.size() + 1) {
        throw Refused.damaged("a sheet is missing, or its end");
      }
    } catch (EncryptedDocumentException e) {
      throw Refused.encrypted();
    }
  }

  /** The sheet whose records begin, or null where it is none of cells, or nobody can see it. */
  private @Nullable BinarySheet sheet(int number, BOFRecord begin) throws IOException {
    if (number >= bound.size()) {
      throw Refused.damaged("it has more sheets than it names");
    }
    BoundSheetRecord sheet = BoundSheetRecord.orderByBofPosition(bound)[number];
    return begin.getType() == BOFRecord.TYPE_WORKSHEET && !sheet.isVeryHidden()
        ? sheets.computeIfAbsent(sheet, this::sheet)
        : null;
  }

  private BinarySheet sheet(BoundSheetRecord record) {
    var layout = new SheetLayout(sections, record.getSheetname());
    Integer filter = filters.get(bound.indexOf(record));
    if (filter != null) {
      layout.header(filter);
    }
    return new BinarySheet(this, layout);
  }

  private void survey(Record record, @Nullable BinarySheet sheet) {
    if (sheet != null) {
      sheet.survey(record);
      return;
    }
    switch (record) {
      case BoundSheetRecord next -> bound.add(next);
      case SSTRecord all -> strings = all;
      case FontRecord font -> bold.add(font.getBoldWeight() >= BOLD);
      case FormatRecord format -> codes.put(format.getIndexCode(), format.getFormatString());
      case ExtendedFormatRecord look -> looks.add(look);
      case DateWindow1904Record dates -> from1904 = dates.getWindowing() == 1;
      case NameRecord name when name.getBuiltInName() == NameRecord.BUILTIN_FILTER_DB -> {
        for (Ptg part : name.getNameDefinition()) {
          if (part instanceof AreaPtgBase area) {
            filters.put(name.getSheetNumber() - 1, area.getFirstRow() + 1);
          }
        }
      }
      default -> {}
    }
  }

  /**
   * The text of this number.
   *
   * @throws Refused when there is none
   */
  String string(int number) throws Refused {
    if (strings == null || number < 0 || number >= strings.getNumUniqueStrings()) {
      throw Refused.damaged("text " + number + " is missing");
    }
    return strings.getString(number).getString();
  }

  /** The look of this number. */
  Styles.Style look(int number) {
    if (number < 0 || number >= looks.size()) {
      return Styles.PLAIN;
    }
    ExtendedFormatRecord look = looks.get(number);
    String code = codes.get((int) look.getFormatIndex());
    // There is no font 4.
    int font = look.getFontIndex() > 4 ? look.getFontIndex() - 1 : look.getFontIndex();
    boolean emphasised =
        look.getAdtlFillPattern() != 0 || (font >= 0 && font < bold.size() && bold.get(font));
    return new Styles.Style(
        code == null ? CellFormats.builtin(look.getFormatIndex()) : code, emphasised);
  }

  String number(double value, String code) {
    return formats.show(value, code, from1904);
  }

  SheetCell.Kind kind(String code) {
    return formats.kind(code);
  }
}
