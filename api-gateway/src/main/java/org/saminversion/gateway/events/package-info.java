/** Hears of what happens to jobs, from Kafka and the store, so that streams and requests can wait for it without a thread. */
package org.saminversion.gateway.events;
