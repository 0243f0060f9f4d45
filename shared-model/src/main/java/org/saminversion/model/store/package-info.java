/**
 * The stores on PostgreSQL. Every read on behalf of a caller names the tenant; every write of a worker names its lease.
 */
package org.saminversion.model.store;
