import { IconArrowDown, IconArrowUp, IconRotateClockwise, IconScissors, IconTrash } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { newId } from '#socle/ids.ts'
import {
  alerter,
  Bouton,
  BoutonIcone,
  ChampChoix,
  ChampTexte,
  compter,
  Encart,
  signaler,
  useAction,
  useApi,
  usePanneau,
} from '#ui'
import {
  LIBELLES_NATURE,
  lireAgent,
  lireDossier,
  listerJournal,
  listerPages,
  listerPieces,
  NATURES_PIECE,
  type NaturePiece,
  separerPages,
} from '../../contract.ts'
import type { Piece } from '../commun/lecteur.tsx'
import { couper, deplacer, type Feuille, parties, retirer, tourner } from './feuilles.ts'

const NATURES = NATURES_PIECE.map((n) => ({ valeur: n, libelle: LIBELLES_NATURE[n] }))

/** Pages of a deposit: turned, put in order, cut into several papers. The deposit itself stays as it came. */
export function SeparerPages({ piece }: { piece: Piece }) {
  const { close } = usePanneau()
  const q = useApi(listerPages, { params: { piece: piece.id } })
  const [feuilles, setFeuilles] = useState<readonly Feuille[]>()
  const [dites, setDites] = useState<Record<number, { nature: NaturePiece; libelle: string }>>({})
  const action = useAction(separerPages, { invalidates: [listerPieces, lireAgent, lireDossier, listerJournal] })
  const nombre = q.data?.pages
  useEffect(() => {
    if (nombre !== undefined)
      setFeuilles(Array.from({ length: nombre }, (_, i) => ({ numero: i + 1, quarts: 0, coupe: false })))
  }, [nombre])
  if (q.error) return <Encart etat="attention">{q.error.message}</Encart>
  if (!feuilles) return <p className="bq-discret">Lecture des pages…</p>
  const lots = parties(feuilles)
  const dite = (i: number) => dites[i] ?? { nature: piece.nature, libelle: piece.libelle }
  const envoyer = () =>
    action.mutate(
      {
        params: { piece: piece.id },
        body: {
          parties: lots.map((pages, i) => ({
            id: newId<'Piece'>(),
            ...dite(i),
            effet: piece.effet,
            carriereIds: piece.concerne.map((c) => c.carriereId),
            pages: pages.map(({ numero, quarts }) => ({ numero, quarts })),
          })),
        },
      },
      {
        onSuccess: () => {
          signaler(`${compter(lots.length, 'pièce faite', 'pièces faites')} ; le dépôt d’origine est gardé.`)
          close()
        },
        onError: (e) => alerter('Les pages n’ont pas été séparées', e.message),
      },
    )
  return (
    <div className="bq-pile">
      <p className="bq-discret">
        Coupez après une page pour commencer une autre pièce. Le dépôt d’origine reste dans l’histoire.
      </p>
      {lots.map((pages, i) => (
        <section key={pages[0]!.numero} className="paie-partie" aria-label={`Pièce ${i + 1}`}>
          <ChampChoix
            libelle="Nature"
            choix={NATURES}
            valeur={dite(i).nature}
            onValeur={(v) => setDites((d) => ({ ...d, [i]: { ...dite(i), nature: v as NaturePiece } }))}
          />
          <ChampTexte
            libelle="Libellé"
            valeur={dite(i).libelle}
            onValeur={(libelle) => setDites((d) => ({ ...d, [i]: { ...dite(i), libelle } }))}
          />
          <ol>
            {pages.map((f) => (
              <li key={f.numero}>
                <span className="bq-chiffres">
                  Page {f.numero}
                  {f.quarts > 0 && <span className="bq-discret">, {f.quarts * 90}°</span>}
                </span>
                <span className="bq-rangee">
                  <BoutonIcone
                    icone={IconRotateClockwise}
                    libelle={`Tourner la page ${f.numero}`}
                    onClick={() => setFeuilles((t) => t && tourner(t, f.numero))}
                  />
                  <BoutonIcone
                    icone={IconArrowUp}
                    libelle={`Monter la page ${f.numero}`}
                    onClick={() => setFeuilles((t) => t && deplacer(t, f.numero, -1))}
                  />
                  <BoutonIcone
                    icone={IconArrowDown}
                    libelle={`Descendre la page ${f.numero}`}
                    onClick={() => setFeuilles((t) => t && deplacer(t, f.numero, 1))}
                  />
                  <BoutonIcone
                    icone={IconScissors}
                    libelle={f.coupe ? `Ne plus couper après la page ${f.numero}` : `Couper après la page ${f.numero}`}
                    aria-pressed={f.coupe}
                    onClick={() => setFeuilles((t) => t && couper(t, f.numero))}
                  />
                  {feuilles.length > 1 && (
                    <BoutonIcone
                      icone={IconTrash}
                      libelle={`Laisser la page ${f.numero} dans l’original`}
                      onClick={() => setFeuilles((t) => t && retirer(t, f.numero))}
                    />
                  )}
                </span>
              </li>
            ))}
          </ol>
        </section>
      ))}
      <div className="bq-rangee">
        <Bouton variante="principal" enCours={action.isPending} onClick={envoyer}>
          {lots.length > 1 ? `Faire ${lots.length} pièces` : 'Faire cette pièce'}
        </Bouton>
        <Bouton variante="discret" onClick={close}>
          Annuler
        </Bouton>
      </div>
    </div>
  )
}
