"""Celery's Redis transport, cured of one fault: a delivery that could not be acknowledged was counted for ever.

A worker takes no more deliveries than it has processes, and counts those that it has not acknowledged. Kombu asks the
broker to forget a delivery before it takes it off that count: where the broker does not answer in time, it stays
counted, and after as many of them as the worker has processes it consumes nothing any more, without a word.
"""

from kombu.transport import redis, virtual


class ForgettingQoS(redis.QoS):
    """Takes a delivery off the count whether or not the broker heard of it.

    What the broker did not hear of it hands out again after its visibility time-out; every job may run twice.
    """

    def ack(self, delivery_tag: str) -> None:
        try:
            super().ack(delivery_tag)
        except Exception:
            virtual.QoS.ack(self, delivery_tag)  # only takes it off the count
            raise

    def reject(self, delivery_tag: str, requeue: bool = False) -> None:
        try:
            super().reject(delivery_tag, requeue=requeue)
        except Exception:
            virtual.QoS.ack(self, delivery_tag)  # only takes it off the count
            raise


class ForgettingChannel(redis.Channel):
    QoS = ForgettingQoS


class RedisTransport(redis.Transport):
    Channel = ForgettingChannel
