/**
 * Reads the settings from {@code pairing.yaml}, the environment and system properties, validates
 * each of them once, and hands them to other packages as records.
 */
package dev.nexo.pairing.config;
