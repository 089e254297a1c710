package dev.nexo.pairing.http;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Everything under {@code /api/v1}; resources and mappers are found by their annotations. */
@ApplicationPath("/api/v1")
public class ApiApplication extends Application {}
