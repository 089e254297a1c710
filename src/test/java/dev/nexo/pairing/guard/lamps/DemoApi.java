package dev.nexo.pairing.guard.lamps;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The application; its classes are found by their annotations. */
@ApplicationPath("/api")
public class DemoApi extends Application {}
