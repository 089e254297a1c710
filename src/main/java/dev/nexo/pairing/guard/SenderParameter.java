package dev.nexo.pairing.guard;

import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.SenderKey;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;

/**
 * The parameter of a method that holds the sender.
 *
 * @param index its index, from 0
 * @param account the account of its annotation; null if the parameter contains the account
 */
record SenderParameter(int index, ChannelAccount account) {

  /**
   * Finds the parameter of a method.
   *
   * @throws IllegalStateException if there is not exactly one, or it cannot hold a sender; the
   *     message says what to do
   */
  static SenderParameter of(Method method) {
    List<SenderParameter> found = new ArrayList<>();
    Parameter[] parameters = method.getParameters();
    for (int i = 0; i < parameters.length; i++) {
      Sender sender = parameters[i].getAnnotation(Sender.class);
      if (sender != null) {
        found.add(new SenderParameter(i, account(method, parameters[i].getType(), sender)));
      }
    }
    if (found.size() != 1) {
      throw invalid(
          method, "must have exactly one parameter with @Sender, and has " + found.size());
    }
    return found.get(0);
  }

  private static ChannelAccount account(Method method, Class<?> type, Sender sender) {
    if (type == SenderKey.class) {
      boolean empty =
          sender.channel().isEmpty() && sender.account().equals(ChannelAccount.DEFAULT_ACCOUNT);
      if (empty) {
        return null;
      }
      throw invalid(
          method, "has a SenderKey with @Sender, which must name neither channel nor account");
    }
    if (type != String.class) {
      throw invalid(method, "has @Sender on a parameter that is neither a String nor a SenderKey");
    }
    try {
      return new ChannelAccount(sender.channel(), sender.account());
    } catch (InvalidValueException e) {
      throw invalid(method, "has an invalid @Sender: " + e.getMessage());
    }
  }

  /** Returns the exception for a method that cannot be guarded. */
  static IllegalStateException invalid(Method method, String what) {
    return new IllegalStateException(
        "The method %s.%s with @Admitted %s."
            .formatted(method.getDeclaringClass().getName(), method.getName(), what));
  }

  /** Returns the sender in a call, as given by the caller; null if the argument is null. */
  SenderKey in(Object[] arguments) {
    Object value = arguments[index];
    if (account == null || value == null) {
      return (SenderKey) value;
    }
    return new SenderKey(account.channel(), account.accountId(), (String) value);
  }
}
