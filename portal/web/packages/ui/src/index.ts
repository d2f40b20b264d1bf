/** The parts of the small apps. */
export { Badge, Stages, Switch } from './choices';
export { TextArea, TextField } from './fields';
export { Sheet, toast, Toasts } from './over';
export { Page, type PageProps } from './Page';
export { Button, Card, cx, Due, IconButton, Row, Segment, Tag, toneOf, type ButtonKind, type RowProps, type Tone } from './parts';
export { Empty, Loading, Notice, Stale, State, Trouble } from './states';
export { closeTop, useWayBack } from './way-back';
export { show, wish, wished, type Scale, type Theme, type Wishes } from './wishes';
