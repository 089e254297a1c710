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
 * <p>Open Liberty cuts all connections before it stops its applications, and by then a close frame
 * reaches nobody. The first sign of the stop that an application can see is that the MBean of the
 * HTTP endpoint is unregistered. That happens before the connections are cut, on a thread that
 * waits for this listener. A server without this MBean closes the connections when it stops the
 * application.
 */
@Component
class EndpointStopListener implements NotificationListener {

  private static final String ENDPOINTS = "WebSphere:feature=channelfw,type=endpoint,*";

  private final OpenConnections connections;
  private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
  private final ObjectName endpoints;

  @Inject
  EndpointStopListener(OpenConnections connections) throws JMException {
    this.connections = connections;
    this.endpoints = new ObjectName(ENDPOINTS);
  }

  void start(@Observes @Initialized(ApplicationScoped.class) Object event) throws JMException {
    beans.addNotificationListener(MBeanServerDelegate.DELEGATE_NAME, this, null, null);
  }

  @PreDestroy
  void stop() {
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
