/** Speech to words, by the browser's own recogniser; where there is none, the keyboard's microphone is the way. */

interface Recogniser {
  lang: string;
  continuous: boolean;
  interimResults: boolean;
  start(): void;
  stop(): void;
  abort(): void;
  addEventListener(name: 'result', tell: (event: Heard) => void): void;
  addEventListener(name: 'error', tell: (event: { error: string }) => void): void;
  addEventListener(name: 'end', tell: () => void): void;
}

interface Heard {
  resultIndex: number;
  results: ArrayLike<ArrayLike<{ transcript: string }> & { isFinal: boolean }>;
}

type Maker = new () => Recogniser;

function maker(): Maker | undefined {
  const place = globalThis as unknown as { SpeechRecognition?: Maker; webkitSpeechRecognition?: Maker };
  return place.SpeechRecognition ?? place.webkitSpeechRecognition;
}

/** Whether this browser can; it may still fail, since most send the sound to a server. */
export function canListen(): boolean {
  return maker() !== undefined;
}

export interface Listening {
  stop: () => void;
}

/** Listen until it is stopped or silent; `hear` gets each finished phrase, `done` why it ended (null: as wished). */
export function listen(language: string, hear: (text: string) => void, done: (problem: string | null) => void): Listening {
  const Recogniser = maker();
  if (!Recogniser) {
    done('unsupported');
    return { stop: () => undefined };
  }
  const ear = new Recogniser();
  let problem: string | null = null;
  ear.lang = language;
  ear.continuous = true;
  ear.interimResults = false;
  ear.addEventListener('result', (event) => {
    for (let index = event.resultIndex; index < event.results.length; index += 1) {
      const result = event.results[index];
      if (result?.isFinal && result[0]) hear(result[0].transcript.trim());
    }
  });
  ear.addEventListener('error', (event) => {
    if (event.error !== 'no-speech' && event.error !== 'aborted') problem = event.error;
  });
  ear.addEventListener('end', () => done(problem));
  ear.start();
  return { stop: () => ear.stop() };
}
