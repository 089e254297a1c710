package dev.nexo.pairing.platform;

import jakarta.enterprise.inject.Stereotype;
import jakarta.inject.Singleton;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A bean of which a module has one. A stereotype, because {@code @Singleton} alone does not make a
 * class a bean; and a singleton, because it needs no proxy: fields stay final, and a call on the
 * hot path is a plain call.
 */
@Stereotype
@Singleton
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Component {}
