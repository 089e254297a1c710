package dev.nexo.pairing.guard;

import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.Decision;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.PairingGate;
import dev.nexo.pairing.SenderKey;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks the gate before each call of an {@link Admitted} method. It runs before other interceptors,
 * so that none of them starts a transaction, or answers from a cache, for a stranger. Public,
 * because CDI requires it. Thread-safe.
 */
@Admitted
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
public class AdmittedInterceptor {

  private final PairingGate gate;
  private final Map<Method, SenderParameter> parameters = new ConcurrentHashMap<>();

  @Inject
  AdmittedInterceptor(PairingGate gate) {
    this.gate = gate;
  }

  /**
   * Calls the method if its sender is admitted.
   *
   * @throws NotAdmittedException if the sender is not admitted
   * @throws IllegalStateException if the method does not say who the sender is
   * @throws dev.nexo.pairing.InvalidValueException if the channel or the account is malformed
   * @throws Exception if the method throws it
   */
  @AroundInvoke
  public Object call(InvocationContext call) throws Exception {
    SenderParameter parameter = parameters.computeIfAbsent(call.getMethod(), SenderParameter::of);
    Decision decision = decide(parameter.in(call.getParameters()));
    if (!(decision instanceof Decision.Admit)) {
      throw new NotAdmittedException(decision);
    }
    return call.proceed();
  }

  private Decision decide(SenderKey sender) {
    return sender == null
        ? new Decision.Drop(DropReason.REJECTED_SENDER)
        : gate.shouldAdmit(
            sender.channel(), sender.accountId(), sender.senderId(), AdmissionPolicy.CHALLENGE);
  }
}
