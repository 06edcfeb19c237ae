package io.kass.local.lucene;

import io.kass.ports.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.CorruptIndexException;

/** JSON values as bytes: a tag, then the value. What is written comes back equal. */
final class BinaryJson {
  private static final byte NULL = 0;
  private static final byte FALSE = 1;
  private static final byte TRUE = 2;
  private static final byte INT = 3;
  private static final byte REAL = 4;
  private static final byte TEXT = 5;
  private static final byte ARRAY = 6;
  private static final byte OBJECT = 7;

  private BinaryJson() {}

  static void write(Json value, BytesWriter out) {
    switch (value) {
      case Json.Null() -> out.writeByte(NULL);
      case Json.Bool(boolean b) -> out.writeByte(b ? TRUE : FALSE);
      case Json.Int(long n) -> {
        out.writeByte(INT);
        out.writeLong(n);
      }
      case Json.Real(double d) -> {
        out.writeByte(REAL);
        out.writeLong(Double.doubleToRawLongBits(d));
      }
      case Json.Text(String s) -> {
        out.writeByte(TEXT);
        out.writeText(s);
      }
      case Json.Array(List<Json> items) -> {
        out.writeByte(ARRAY);
        out.writeCount(items.size());
        items.forEach(item -> write(item, out));
      }
      case Json.Obj(Map<String, Json> members) -> {
        out.writeByte(OBJECT);
        writeMembers(members, out);
      }
    }
  }

  static void writeMembers(Map<String, Json> members, BytesWriter out) {
    out.writeCount(members.size());
    members.forEach((name, member) -> {
      out.writeText(name);
      write(member, out);
    });
  }

  static Json read(BytesReader in) throws IOException {
    byte tag = in.readByte();
    return switch (tag) {
      case NULL -> new Json.Null();
      case FALSE -> Json.of(false);
      case TRUE -> Json.of(true);
      case INT -> Json.of(in.readLong());
      case REAL -> Json.of(Double.longBitsToDouble(in.readLong()));
      case TEXT -> Json.of(in.readText());
      case ARRAY -> {
        int count = in.readCount();
        var items = new ArrayList<Json>(count);
        for (int i = 0; i < count; i++) {
          items.add(read(in));
        }
        yield new Json.Array(items);
      }
      case OBJECT -> new Json.Obj(readMembers(in));
      default -> throw new CorruptIndexException("unknown tag " + tag, "chunk");
    };
  }

  static Map<String, Json> readMembers(BytesReader in) throws IOException {
    int count = in.readCount();
    var members = LinkedHashMap.<String, Json>newLinkedHashMap(count);
    for (int i = 0; i < count; i++) {
      members.put(in.readText(), read(in));
    }
    return members;
  }
}
