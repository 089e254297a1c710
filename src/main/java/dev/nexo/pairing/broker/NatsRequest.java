package dev.nexo.pairing.broker;

import dev.nexo.pairing.spi.DeliveryException;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Subscription;
import java.time.Duration;
import java.util.function.Function;

/**
 * One question and its answer. Not the library's own request(): the envelope has to name the reply
 * subject, which that one does not tell beforehand.
 */
final class NatsRequest {

  private NatsRequest() {}

  /**
   * Asks and waits.
   *
   * @throws DeliveryException where there is no answer
   */
  static byte[] ask(
      Connection connection, String subject, Function<String, byte[]> question, Duration timeout) {
    try {
      String inbox = connection.createInbox();
      Subscription answers = connection.subscribe(inbox);
      try {
        connection.publish(subject, inbox, question.apply(inbox));
        return body(answers.nextMessage(timeout), subject, timeout);
      } finally {
        if (answers.isActive()) {
          answers.unsubscribe();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeliveryException("Interrupted while waiting for " + subject, e);
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw new DeliveryException("NATS was lost while waiting for " + subject, e);
    }
  }

  private static byte[] body(Message answer, String subject, Duration timeout) {
    if (answer == null) {
      throw new DeliveryException("No answer on " + subject + " within " + timeout, null);
    }
    if (answer.isStatusMessage()) {
      throw new DeliveryException("Nobody listens on " + subject, null);
    }
    return answer.getData();
  }
}
