/** A connection to one MQTT broker that keeps itself alive; subscriptions survive reconnects. Sessions are always clean: nothing is queued for later. */
export interface Broker {
  /**
   * Publishes at once with `retain: false`, or throws `Failure` (`absent`) when not connected: a message to a gate is never kept to be sent later.
   */
  publish(message: BrokerMessage): void;
  subscribe(topic: string, heard: (message: HeardMessage) => void): void;
  /** Called with the present state at once and on every change. */
  onState(changed: (state: { connected: boolean; why: string }) => void): void;
  close(): Promise<void>;
}

export interface BrokerMessage {
  topic: string;
  payload: string;
  qos: 0 | 1;
}

export interface HeardMessage {
  topic: string;
  payload: string;
  /** True for what the broker kept from before: old news, never an event. */
  retained: boolean;
}
