package dev.nexo.pairing.platform;

import jakarta.enterprise.inject.Stereotype;
import jakarta.inject.Singleton;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a class as a CDI bean with one instance for each application. It is a stereotype, because
 * {@code @Singleton} alone does not make a class a bean. It uses {@code @Singleton} because such
 * beans need no proxy: their fields can be final, and calls on the hot path are direct.
 */
@Stereotype
@Singleton
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Component {}
