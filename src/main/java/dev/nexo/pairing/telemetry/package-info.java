/** What the operator's monitoring sees: counts and health, made by observing. Nobody imports it. */
package dev.nexo.pairing.telemetry;
