/**
 * What the operator configured, and the seams to the outside world: time, randomness, ids.
 *
 * <p>Configuration has a room of its own so that every other room receives settings that are
 * already read, typed and checked, and never asks MicroProfile Config itself. {@code Key} is the
 * one table of what may be configured; a key that is not in it stops the start.
 *
 * <p>Values come from the YAML files, environment variables (ordinal 300) and system properties
 * (400) win over them key by key, and {@code META-INF/microprofile-config.properties} (100) lies
 * below. A value that is empty or blank counts as not set, wherever it stands.
 */
package dev.nexo.pairing.config;
