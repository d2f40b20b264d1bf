/** A plant whose loop is closed: seen, put right, checked. Drawn in lines, nothing loaded. */

/** Decoration only. */
export function Picture() {
  const line = { fill: 'none', stroke: '#ffffff', strokeWidth: 2.5, strokeLinecap: 'round', strokeLinejoin: 'round' } as const;
  return (
    <svg viewBox="0 0 720 400" aria-hidden="true">
      <path d="M40 340V190l90 44v-44l90 44v-44l90 44V110h56v230z" fill="#ffffff" opacity="0.1" />
      <g {...line}>
        <path d="M24 340h672" />
        <path d="M90 366h150M300 366h60M430 366h200" opacity="0.35" />
        <path d="M40 340V190l90 44v-44l90 44v-44l90 44v106" />
        <path d="M310 340V110h56v230" />
        <path d="M300 110h76" />
        <path d="M72 276h30v26H72zM162 276h30v26h-30zM252 276h30v26h-30z" opacity="0.75" />
        <path d="M338 84c-12-16 14-22 4-40" opacity="0.6" />
        <path d="M400 340V238h120v102M400 238l60-36 60 36M440 340v-54h40v54" />
        <path d="M552 340v-84c0-22 18-36 40-36s40 14 40 36v84M552 276h80M572 340v-30h40v30" opacity="0.85" />
      </g>
      <g fill="none" strokeLinecap="round" strokeLinejoin="round">
        <path d="M150 128C240 40 420 24 560 92" stroke="#8fe3dc" strokeWidth="2.5" strokeDasharray="2 10" />
        <circle cx="130" cy="146" r="30" fill="#0c4f4b" stroke="#8fe3dc" strokeWidth="2.5" />
        <path d="M130 130v18m0 9v.5" stroke="#ffffff" strokeWidth="4.5" />
        <circle cx="350" cy="44" r="26" fill="#0c4f4b" stroke="#8fe3dc" strokeWidth="2.5" />
        <path d="m340 54 14-14m-2-8a9 9 0 0 1 11 11 9 9 0 0 1-11 3 9 9 0 0 1-1-12z" stroke="#ffffff" strokeWidth="3" />
        <circle cx="588" cy="112" r="34" fill="#ffffff" />
        <path d="m572 112 12 13 22-25" stroke="#0b7a75" strokeWidth="6" />
      </g>
    </svg>
  );
}
