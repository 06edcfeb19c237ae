package io.kass.documents;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import io.kass.documents.chat.ChatModule;
import io.kass.documents.code.CodeModule;
import io.kass.documents.csv.CsvModule;
import io.kass.documents.format.DocumentLimits;
import io.kass.documents.guarded.Guard;
import io.kass.documents.html.HtmlModule;
import io.kass.documents.issue.IssueModule;
import io.kass.documents.json.JsonModule;
import io.kass.documents.office.OfficeModule;
import io.kass.documents.patch.PatchModule;
import io.kass.documents.pdf.PdfModule;
import io.kass.documents.text.TextModule;
import io.kass.ports.document.DocumentReader;

/**
 * Binds {@link DocumentReader}. Asks for a {@link java.time.InstantSource}. A further format is one
 * more line here.
 */
public final class DocumentsModule extends AbstractModule {
  private final DocumentLimits limits;

  public DocumentsModule(DocumentLimits limits) {
    this.limits = limits;
  }

  @Override
  protected void configure() {
    bind(DocumentLimits.class).toInstance(limits);
    bind(DocumentReader.class).to(Documents.class);
    bind(Documents.class).in(Singleton.class);
    bind(Guard.class).in(Singleton.class);
    install(new ChatModule());
    install(new CodeModule());
    install(new CsvModule());
    install(new HtmlModule());
    install(new IssueModule());
    install(new JsonModule());
    install(new OfficeModule());
    install(new PatchModule());
    install(new PdfModule());
    install(new TextModule());
  }
}
