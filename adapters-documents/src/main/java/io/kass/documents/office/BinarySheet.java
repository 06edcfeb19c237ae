package io.kass.documents.office;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.poi.hssf.record.BoolErrRecord;
import org.apache.poi.hssf.record.CellValueRecordInterface;
import org.apache.poi.hssf.record.CommonObjectDataSubRecord;
import org.apache.poi.hssf.record.DrawingRecord;
import org.apache.poi.hssf.record.EOFRecord;
import org.apache.poi.hssf.record.FormulaRecord;
import org.apache.poi.hssf.record.LabelRecord;
import org.apache.poi.hssf.record.LabelSSTRecord;
import org.apache.poi.hssf.record.MergeCellsRecord;
import org.apache.poi.hssf.record.NoteRecord;
import org.apache.poi.hssf.record.NumberRecord;
import org.apache.poi.hssf.record.ObjRecord;
import org.apache.poi.hssf.record.Record;
import org.apache.poi.hssf.record.StringRecord;
import org.apache.poi.hssf.record.SubRecord;
import org.apache.poi.hssf.record.TextObjectRecord;
import org.apache.poi.ss.usermodel.FormulaError;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.util.LittleEndian;
import org.jspecify.annotations.Nullable;

/** A sheet of an XLS workbook, by its records, which come twice. */
final class BinarySheet {
  /** Where a shape stands, among what a drawing consists of. */
  private static final int ANCHOR = 0xF010;

  private record Shape(int row, String text) {}

  private final BinaryWorkbook workbook;
  private final SheetLayout layout;
  private final Merges merges = new Merges();
  private final Map<Integer, Shape> shapes = new HashMap<>();

  // The shape, the row and the formula that are being read.
  private int anchor = 1;
  private int shape;
  private int row = -1;
  private final List<SheetCell> cells = new ArrayList<>();
  private @Nullable FormulaRecord formula;

  BinarySheet(BinaryWorkbook workbook, SheetLayout layout) {
    this.workbook = workbook;
    this.layout = layout;
  }

  /** Takes the next record when they come for the first time. */
  void survey(Record record) {
    switch (record) {
      case MergeCellsRecord areas -> {
        for (int i = 0; i < areas.getNumAreas(); i++) {
          CellRangeAddress area = areas.getAreaAt(i);
          merges.add(
              new Merges.Area(
                  area.getFirstRow(),
                  area.getFirstColumn(),
                  area.getLastRow(),
                  area.getLastColumn()));
        }
      }
      case DrawingRecord drawing -> anchor(drawing.getRecordData());
      case ObjRecord object -> {
        for (SubRecord part : object.getSubRecords()) {
          if (part instanceof CommonObjectDataSubRecord data) {
            shape = data.getObjectId();
          }
        }
      }
      case TextObjectRecord text -> {
        if (text.getStr() != null && !text.getStr().getString().isBlank()) {
          shapes.put(shape, new Shape(anchor, text.getStr().getString().strip()));
        }
      }
      case NoteRecord note -> {
        Shape noted = shapes.remove(note.getShapeId());
        if (noted != null) {
          String cell = new CellReference(note.getRow(), note.getColumn()).formatAsString(false);
          layout.aside(note.getRow() + 1, cell + ": " + noted.text());
        }
      }
      case EOFRecord end -> shapes.values().forEach(s -> layout.aside(s.row(), s.text()));
      default -> {}
    }
  }

  /** Finds the row of the last shape of a drawing. */
  private void anchor(byte[] drawing) {
    int at = 0;
    while (at + 8 <= drawing.length) {
      boolean container = (drawing[at] & 0xF) == 0xF;
      int type = LittleEndian.getUShort(drawing, at + 2);
      long length = container ? 0 : LittleEndian.getUInt(drawing, at + 4);
      at += 8;
      if (type == ANCHOR && at + 8 <= drawing.length) {
        anchor = LittleEndian.getUShort(drawing, at + 6) + 1;
      }
      at += (int) Math.min(length, drawing.length);
    }
  }

  /** Takes the next record when they come for the second time. */
  void content(Record record) throws Refused {
    switch (record) {
      case LabelSSTRecord cell -> add(cell, workbook.string(cell.getSSTIndex()));
      case LabelRecord cell -> add(cell, cell.getValue());
      case NumberRecord cell -> number(cell, cell.getValue());
      case BoolErrRecord cell ->
          other(cell, cell.isBoolean(), cell.getBooleanValue(), cell.getErrorValue());
      case FormulaRecord cell -> {
        formula = null;
        switch (cell.getCachedResultTypeEnum()) {
          case NUMERIC -> number(cell, cell.getValue());
          case BOOLEAN -> other(cell, true, cell.getCachedBooleanValue(), 0);
          case ERROR -> other(cell, false, false, cell.getCachedErrorValue());
          case STRING -> formula = cell;
          case FORMULA, BLANK, _NONE -> {}
        }
      }
      case StringRecord text -> {
        if (formula != null) {
          add(formula, text.getString());
          formula = null;
        }
      }
      case EOFRecord end -> {
        endRow();
        layout.end();
      }
      default -> {}
    }
  }

  private void number(CellValueRecordInterface cell, double value) {
    String code = workbook.look(cell.getXFIndex()).format();
    add(cell, workbook.number(value, code), workbook.kind(code));
  }

  private void other(CellValueRecordInterface cell, boolean truth, boolean value, int error) {
    String shown = truth ? value ? "TRUE" : "FALSE" : error(error);
    add(cell, shown, SheetCell.Kind.OTHER);
  }

  private static String error(int code) {
    return FormulaError.isValidCode(code) ? FormulaError.forInt(code).getString() : "";
  }

  private void add(CellValueRecordInterface cell, String text) {
    add(cell, text, SheetCell.Kind.TEXT);
  }

  private void add(CellValueRecordInterface record, String text, SheetCell.Kind kind) {
    if (record.getRow() != row) {
      endRow();
      row = record.getRow();
    }
    int column = record.getColumn();
    boolean emphasised = workbook.look(record.getXFIndex()).emphasised();
    SheetCell cell = SheetCell.of(column, merges.lastColumn(row, column), text, kind, emphasised);
    if (cell != null) {
      cells.add(cell);
    }
  }

  private void endRow() {
    if (!cells.isEmpty()) {
      layout.row(new SheetRow(row + 1, merges.complete(row, List.copyOf(cells))));
      cells.clear();
    }
  }
}
