package io.kass.local.http;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Takes a body whole, as long as it is not too long. Used by the client, one thread at a time. */
final class WholeBody implements HttpResponse.BodySubscriber<byte[]> {
  private final int most;
  private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
  private final List<ByteBuffer> pieces = new ArrayList<>();
  private Flow.@Nullable Subscription subscription;
  private int size;

  /**
   * @param most how many bytes it may have
   */
  WholeBody(int most) {
    this.most = most;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return whole;
  }

  @Override
  public void onSubscribe(Flow.Subscription newSubscription) {
    subscription = newSubscription;
    newSubscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> next) {
    for (ByteBuffer piece : next) {
      if (piece.remaining() > most - size) {
        fail();
        return;
      }
      size += piece.remaining();
      pieces.add(piece);
    }
  }

  private void fail() {
    pieces.clear();
    if (subscription != null) {
      subscription.cancel();
    }
    whole.completeExceptionally(new TooLongException(most));
  }

  @Override
  public void onError(Throwable cause) {
    whole.completeExceptionally(cause);
  }

  @Override
  public void onComplete() {
    byte[] bytes = new byte[size];
    int at = 0;
    for (ByteBuffer piece : pieces) {
      int length = piece.remaining();
      piece.get(bytes, at, length);
      at += length;
    }
    pieces.clear();
    whole.complete(bytes);
  }
}
