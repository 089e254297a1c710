package dev.nexo.pairing.http;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The JAX-RS application at {@code /api/v1}; its classes are found by their annotations. */
@ApplicationPath("/api/v1")
public class ApiApplication extends Application {}
