package com.example.bot;

import dev.nexo.pairing.guard.Admitted;
import dev.nexo.pairing.guard.Sender;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/** Takes orders of admitted senders. All others get a 403, and this class is not called. */
@Path("/orders")
@ApplicationScoped
public class Orders {

  @POST
  @Admitted
  public String order(
      @Sender(channel = Inbox.CHANNEL, account = Inbox.ACCOUNT) @FormParam("from") String from,
      @FormParam("item") String item) {
    return "Ordered: " + item;
  }
}
