/** What people want to see at a glance: counts and pace, read from the tables of the jobs. */
package org.saminversion.model.view;
