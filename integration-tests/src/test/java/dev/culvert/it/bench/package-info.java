/** The measuring tool, against measurements that owe it nothing. */
@NullMarked
package dev.culvert.it.bench;

import org.jspecify.annotations.NullMarked;
