package io.kass.local.sqlite;

import io.kass.local.disk.DiskErrors;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.Internal;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Unavailable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What the driver's failures mean to whoever has to act. */
final class SqliteErrors {
  /** The extended codes of SQLite keep the primary one in the lowest byte. */
  private static final int PRIMARY = 0xFF;

  private SqliteErrors() {}

  static boolean isBusy(SQLException e) {
    return (e.getErrorCode() & PRIMARY) == 5;
  }

  /** What SQLite says of a full disk before it gets to read or write anything. */
  static boolean lacksSharedMemory(SQLException e) {
    return e instanceof SQLiteException s
        && s.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE;
  }

  /** What SQLite says where this user has no right to what a connection needs. */
  static boolean mayNotWrite(SQLException e) {
    int code = e.getErrorCode() & PRIMARY;
    return code == 8 || code == 14; // READONLY, CANTOPEN
  }

  static KassException translate(Path file, SQLException e) {
    if (lacksSharedMemory(e)) {
      return noSpace(file, e);
    }
    // The names are those of https://www.sqlite.org/rescode.html.
    return switch (e.getErrorCode() & PRIMARY) {
      case 5, 6 -> // BUSY, LOCKED
          new Unavailable(
              "Another process has been writing to the database "
                  + file
                  + " for too long. Try again in a moment.",
              e);
      case 10 -> // IOERR
          new Unavailable(
              "The database "
                  + file
                  + " cannot be read or written ("
                  + e.getMessage()
                  + "). Check the disk; nothing was written in part.",
              e);
      case 13 -> noSpace(file, e); // FULL
      case 11, 26 -> // CORRUPT, NOTADB
          new Misconfigured(
              "The database "
                  + file
                  + " is damaged or is no database. Restore it from a backup, or move it away"
                  + " together with its -wal and -shm files to begin with an empty one; its"
                  + " conversations are then gone.",
              e);
      case 3, 8, 14, 23 -> // PERM, READONLY, CANTOPEN, AUTH
          notWritable(file, e);
      case 15, 22 -> // PROTOCOL, NOLFS
          new Misconfigured(
              "The database "
                  + file
                  + " cannot be locked. Put it on a disk of this machine, not on a shared one.",
              e);
      case 18 -> // TOOBIG
          new InvalidRequest("The text is too long to be stored.", e);
      default -> new Internal("The database " + file + " failed: " + e.getMessage(), e);
    };
  }

  /** What it means that the database's folder or file cannot be made. */
  static KassException translate(Path file, IOException e) {
    return DiskErrors.isFull(e) ? noSpace(file, e) : notWritable(file, e);
  }

  private static Unavailable noSpace(Path file, Exception e) {
    return new Unavailable(
        "There is no space left for the database "
            + file
            + ". Free some and try again; nothing was written in part.",
        e);
  }

  private static Misconfigured notWritable(Path file, Exception e) {
    return new Misconfigured(
        "The database "
            + file
            + " cannot be written by this user. Give them the right to write the file and its"
            + " folder, or choose another data directory.",
        e);
  }
}
