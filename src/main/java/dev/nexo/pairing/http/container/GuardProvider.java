package dev.nexo.pairing.http.container;

import jakarta.security.auth.message.AuthException;
import jakarta.security.auth.message.MessageInfo;
import jakarta.security.auth.message.config.AuthConfigProvider;
import jakarta.security.auth.message.config.ClientAuthConfig;
import jakarta.security.auth.message.config.ServerAuthConfig;
import jakarta.security.auth.message.config.ServerAuthContext;
import java.util.Map;
import java.util.function.Function;
import javax.security.auth.Subject;
import javax.security.auth.callback.CallbackHandler;

/**
 * Registers a {@link RequestGuard} for one web application, in the three steps of Jakarta
 * Authentication 3.0: provider, configuration, context. Thread-safe.
 */
final class GuardProvider implements AuthConfigProvider {

  private final Function<CallbackHandler, RequestGuard> guards;

  GuardProvider(Function<CallbackHandler, RequestGuard> guards) {
    this.guards = guards;
  }

  @Override
  public ServerAuthConfig getServerAuthConfig(
      String layer, String appContext, CallbackHandler handler) {
    return new Config(layer, appContext, guards.apply(handler));
  }

  @Override
  public ClientAuthConfig getClientAuthConfig(
      String layer, String appContext, CallbackHandler handler) throws AuthException {
    throw new AuthException("This provider is for servers");
  }

  @Override
  public void refresh() {
    // Nothing is cached.
  }

  private record Config(String layer, String appContext, RequestGuard guard)
      implements ServerAuthConfig {

    @Override
    public ServerAuthContext getAuthContext(
        String id, Subject service, Map<String, Object> properties) {
      return guard;
    }

    @Override
    public String getMessageLayer() {
      return layer;
    }

    @Override
    public String getAppContext() {
      return appContext;
    }

    @Override
    public String getAuthContextID(MessageInfo info) {
      return appContext;
    }

    @Override
    public boolean isProtected() {
      return true;
    }

    @Override
    public void refresh() {
      // Nothing is cached.
    }
  }
}
