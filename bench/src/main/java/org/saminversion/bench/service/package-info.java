/** Measurements of a running service over HTTP, as callers see it. */
package org.saminversion.bench.service;
