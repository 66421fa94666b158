/**
 * The network device that frames come from and go to. These types are the contract; {@code device.linux} makes the
 * devices (JNA), {@code device.io} makes the calls a frame costs (FFM).
 */
@NullMarked
package dev.culvert.device;

import org.jspecify.annotations.NullMarked;
