package dev.nexo.pairing.ws;

import dev.nexo.pairing.platform.Component;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerDelegate;
import javax.management.MBeanServerNotification;
import javax.management.Notification;
import javax.management.NotificationListener;
import javax.management.ObjectName;

/**
 * Closes the open connections when the server starts to stop, so that the peers receive 1001.
 * Thread-safe.
 *
 * <p>Open Liberty cuts all connections before it stops its applications, and after that a close
 * frame cannot be sent. An application receives two earlier signals. If a signal such as SIGTERM
 * ends the process, the virtual machine starts its shutdown hooks, including the hook of this
 * class. Then the MBean of the HTTP endpoint is unregistered, on a thread that waits for this
 * listener, while another thread of the server begins to cut the connections. So on a busy machine
 * a peer may still lose its connection without a close frame. A server without this MBean closes
 * the connections when it stops the application.
 */
@Component
class EndpointStopListener implements NotificationListener {

  private static final String ENDPOINTS = "WebSphere:feature=channelfw,type=endpoint,*";

  private final OpenConnections connections;
  private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
  private final ObjectName endpoints;
  private final Thread hook;

  @Inject
  EndpointStopListener(OpenConnections connections) throws JMException {
    this.connections = connections;
    this.endpoints = new ObjectName(ENDPOINTS);
    this.hook = new Thread(connections::stop, "close-pair-connections");
  }

  void start(@Observes @Initialized(ApplicationScoped.class) Object event) throws JMException {
    beans.addNotificationListener(MBeanServerDelegate.DELEGATE_NAME, this, null, null);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @PreDestroy
  void stop() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The virtual machine is shutting down, so the hook runs or has run.
    }
    try {
      beans.removeNotificationListener(MBeanServerDelegate.DELEGATE_NAME, this);
    } catch (JMException e) {
      // It was not added, because the application did not start.
    }
  }

  @Override
  public void handleNotification(Notification notification, Object handback) {
    if (notification instanceof MBeanServerNotification change
        && change.getType().equals(MBeanServerNotification.UNREGISTRATION_NOTIFICATION)
        && endpoints.apply(change.getMBeanName())) {
      connections.stop();
    }
  }
}
