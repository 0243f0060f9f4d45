/**
 * A real Kafka broker inside this JVM and a real PostgreSQL server beside it, both on loopback and with their data in a
 * folder. The standalone service runs on them, and so do the tests.
 */
package org.saminversion.embedded;
