package dev.nexo.pairing.guard;

import dev.nexo.pairing.ChannelAccount;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the parameter of an {@link Admitted} method that holds the sender. Its type is
 *
 * <ul>
 *   <li>{@code String}: the sender id in any form that the channel uses; {@link #channel} is
 *       required then, or
 *   <li>{@link dev.nexo.pairing.SenderKey}: channel, account and sender id, which may also be in
 *       any form; {@link #channel} and {@link #account} are left out then.
 * </ul>
 *
 * <p>A null is not admitted.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Sender {

  /** The channel, as in {@link ChannelAccount}; empty if the parameter contains it. */
  String channel() default "";

  /** The operator's account that received the message, as in {@link ChannelAccount}. */
  String account() default ChannelAccount.DEFAULT_ACCOUNT;
}
