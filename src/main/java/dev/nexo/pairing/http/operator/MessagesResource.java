package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.http.request.QueryFields;
import dev.nexo.pairing.internal.TextPreviews;
import dev.nexo.pairing.internal.TextPreviews.Preview;
import dev.nexo.pairing.json.StrictJson;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;

/** The call at {@code /messages}: what senders read. Thread-safe. */
@Path("/messages")
@Component
@Produces(MediaType.APPLICATION_JSON)
public class MessagesResource {

  private final TextPreviews texts;

  @Inject
  public MessagesResource(TextPreviews texts) {
    this.texts = texts;
  }

  /** Handles {@code GET /messages}. */
  @GET
  public JsonObject list(@Context UriInfo uri) {
    QueryFields query = new QueryFields(uri);
    ChannelAccount account = query.account();
    String asked = query.text("language");
    List<String> languages = texts.languages();
    if (asked != null && !languages.contains(asked)) {
      query.violations().add("language", "must be one of " + String.join(", ", languages));
    }
    query.end();
    String language = asked == null ? texts.language() : asked;
    JsonArrayBuilder messages = StrictJson.array();
    texts.previews(account, language).forEach(preview -> messages.add(json(preview)));
    JsonArrayBuilder names = StrictJson.array();
    languages.forEach(names::add);
    return StrictJson.object()
        .add("language", language)
        .add("languages", names)
        .add("messages", messages)
        .build();
  }

  private static JsonObject json(Preview preview) {
    return StrictJson.object()
        .add("kind", preview.kind())
        .add("text", preview.text())
        .add("language", preview.language())
        .add("configured", preview.configured())
        .build();
  }
}
