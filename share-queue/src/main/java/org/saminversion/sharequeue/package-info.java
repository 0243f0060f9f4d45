/**
 * Work queues over Kafka share groups, as a SmallRye Reactive Messaging connector. One record is one piece of work: it is
 * acknowledged by itself, its lock is renewed for as long as the work lasts, and it comes back when the worker dies.
 */
package org.saminversion.sharequeue;
