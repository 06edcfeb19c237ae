package io.kass.ports;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Ports that are real but for one method. */
public final class Obstructed {
  private Obstructed() {}

  /** The same port, but one of its methods fails. */
  public static <T> T failing(Class<T> port, T real, String method, RuntimeException failure) {
    return before(
        port,
        real,
        method,
        () -> {
          throw failure;
        });
  }

  /** The same port, but something happens just before one of its methods is called. */
  public static <T> T before(Class<T> port, T real, String method, Runnable happening) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, called, arguments) -> {
              if (called.getName().equals(method)) {
                happening.run();
              }
              try {
                return called.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
