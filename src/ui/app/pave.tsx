import type { ReactNode } from 'react'

/** A page outside of the shell: sign-in, breakdown. */
export function Pave({ titre, children }: { titre: string; children: ReactNode }) {
  return (
    <main className="bq-pave">
      <div className="bq-pave-marque">
        <svg viewBox="0 0 32 32" width="40" height="40" aria-hidden="true">
          <rect width="32" height="32" rx="6" fill="var(--bq-accent)" />
          <path
            d="M11 5 5 15h3l-4 7h6v5h2v-5h6l-4-7h3zM22 9l-4.200 7 3.200 6h-1v5h2v-5h6l-3.200-6h2.200z"
            fill="var(--bq-sur-accent)"
          />
        </svg>
        <span>Bosquet</span>
      </div>
      <h1>{titre}</h1>
      {children}
    </main>
  )
}
