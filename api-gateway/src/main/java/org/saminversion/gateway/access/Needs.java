package org.saminversion.gateway.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.saminversion.model.access.Scope;

/**
 * The scope that a caller of this resource must have, where it is not the usual one: READ for GET and HEAD, SUBMIT for
 * everything else. On a method it goes before that of the class.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Needs {
    Scope value();
}
