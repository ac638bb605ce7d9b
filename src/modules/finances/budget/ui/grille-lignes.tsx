import { IconTrash } from '@tabler/icons-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { alerter, annulable, Bouton, type ColonneGrille, Grille, type LigneGrille, useAction, useGrille } from '#ui'
import {
  demanderCredits,
  type Ligne,
  lireExercice,
  lireVersion,
  type Saisie,
  saisirLignes,
  type Version,
} from '../contract.ts'
import type { Cote } from './version.tsx'

type Rang = LigneGrille & { cle: string }

const cleDe = (l: Pick<Ligne, 'sens' | 'mouvement' | 'nature' | 'fonction' | 'operation' | 'service'>) =>
  [l.sens, l.mouvement, l.nature, l.fonction, l.operation, l.service].join('|')
/** After the last key, before the entry is sent. */
const PAUSE = 900

/** Cells do not wrap: a long label would push the amounts out of the screen. */
const abreger = (libelle: string) => (libelle.length > 38 ? `${libelle.slice(0, 37).trimEnd()}…` : libelle)

/** Prepares everything, asks for a service only, or reads. */
export type Mode = 'preparer' | 'demander' | 'lire'

function colonnesOf(v: Version, lignes: readonly Ligne[], mode: Mode): ColonneGrille[] {
  const modifiable = mode === 'preparer'
  const complete = v.edition === 'complete'
  // a request belongs to a service: the lines without one are those of the finances
  const demandable = (l: LigneGrille) => mode === 'preparer' || (mode === 'demander' && l.service !== '')
  const used = (cle: 'fonction' | 'operation' | 'service') => lignes.some((l) => l[cle] !== '')
  const lecture = (cle: string, titre: string, largeur: number, plus: Partial<ColonneGrille> = {}): ColonneGrille => ({
    cle,
    titre,
    largeur,
    modifiable: false,
    ...plus,
  })
  return [
    lecture('chapitre', 'Chap.', 56),
    lecture('nature', 'Article', 72),
    lecture('libelle', 'Libellé', complete ? 180 : 240),
    ...(used('fonction') ? [lecture('fonction', 'Fonction', 72)] : []),
    ...(used('operation') ? [lecture('operation', 'Opération', 88)] : []),
    ...(used('service') ? [lecture('service', 'Service', 72)] : []),
    lecture('precedent', 'Voté N-1', 120, { genre: 'montant', total: true }),
    ...(v.version.genre === 'BP' || v.version.genre === 'provisoire'
      ? []
      : [lecture('dejaVote', 'Déjà voté', 120, { genre: 'montant', total: true })]),
    ...(complete && (used('service') || lignes.some((l) => l.demande !== null))
      ? [
          {
            cle: 'demande',
            titre: 'Demandé',
            genre: 'montant' as const,
            largeur: 120,
            total: true,
            modifiable: demandable,
          },
        ]
      : []),
    {
      cle: 'montant',
      titre: v.version.genre === 'BP' ? 'Proposé' : 'Cette version',
      genre: 'montant',
      largeur: 130,
      total: true,
      modifiable,
    },
    { cle: 'note', titre: 'Note', largeur: 140, modifiable: demandable },
  ]
}

/** The lines of one part of the budget. What is typed is sent by itself after a pause; the balance follows. */
export function GrilleLignes({
  version: v,
  cote,
  mode,
  onRetiree,
}: {
  version: Version
  cote: Cote
  mode: Mode
  onRetiree: () => void
}) {
  const lignes = useMemo(
    () => v.lignes.filter((l) => l.section === cote.section && l.sens === cote.sens),
    [v.lignes, cote],
  )
  const initiales = useMemo<Rang[]>(
    () =>
      lignes.map((l) => ({
        cle: cleDe(l),
        chapitre: l.chapitre,
        nature: l.nature,
        libelle: abreger(l.libelle),
        fonction: l.fonction,
        operation: l.operation,
        service: l.service,
        precedent: l.precedent,
        dejaVote: l.dejaVote,
        demande: l.demande ?? '',
        montant: l.montant,
        note: l.note,
      })),
    [lignes],
  )
  const g = useGrille(initiales, (l) => l.cle)
  const colonnes = useMemo(() => colonnesOf(v, lignes, mode), [v, lignes, mode])
  const modifiable = mode === 'preparer'
  const [fautes, setFautes] = useState(0)
  const saisie = useAction(saisirLignes, { invalidates: [lireVersion, lireExercice] })
  const demande = useAction(demanderCredits, { invalidates: [lireVersion] })
  const envoyees = useRef(new Map(initiales.map((l) => [l.cle, l])))
  const enAttente = g.lignes.filter((l) => envoyees.current.get(l.cle) !== l)
  const params = { vote: v.version.id }

  const enBody = (l: Rang): Saisie => {
    const [sens, mouvement, nature, fonction, operation, service] = l.cle.split('|') as [
      Ligne['sens'],
      Ligne['mouvement'],
      string,
      string,
      string,
      string,
    ]
    return {
      sens,
      mouvement,
      nature,
      fonction,
      operation,
      service,
      montant: l.montant || '0.00',
      demande: l.demande || null,
      note: l.note ?? '',
    }
  }
  const enregistrer = async (lot: Rang[]) => {
    if (modifiable) return saisie.mutateAsync({ params, body: { lignes: lot.map(enBody) } })
    for (const [service, siennes] of Map.groupBy(lot, (l) => l.service ?? ''))
      await demande.mutateAsync({
        params,
        body: {
          service,
          lignes: siennes.map((l) => {
            const { montant: _, ...reste } = enBody(l)
            return { ...reste, demande: l.demande || '0.00' }
          }),
        },
      })
  }
  useEffect(() => {
    if (mode === 'lire' || enAttente.length === 0 || fautes > 0 || saisie.isPending || demande.isPending) return
    const minuteur = setTimeout(() => {
      const lot = enAttente
      for (const l of lot) envoyees.current.set(l.cle, l)
      enregistrer(lot).catch((e: Error) => {
        for (const l of lot) envoyees.current.delete(l.cle)
        alerter('La saisie n’est pas enregistrée', e.message)
      })
    }, PAUSE)
    return () => clearTimeout(minuteur)
  })

  const videsOf = g.lignes.filter((l) => /^-?0(\.0+)?$/.test(l.montant || '0') && !l.demande)
  const retirerVides = () =>
    saisie.mutate(
      { params, body: { lignes: [], retirees: videsOf.map((l) => enBody(l)) as never } },
      {
        onSuccess: () => {
          onRetiree()
          annulable('Lignes sans montant retirées.', async () => {
            await saisie.mutateAsync({ params, body: { lignes: videsOf.map(enBody) } })
            onRetiree()
          })
        },
        onError: (e) => alerter('Rien n’a été retiré', e.message),
      },
    )

  if (lignes.length === 0) return <p className="bq-discret">Aucune ligne dans cette partie.</p>
  return (
    <section className="bq-pile-serree" aria-label="Lignes">
      <Grille
        nom="Lignes du budget"
        lignes={g.lignes}
        cle={g.cle}
        colonnes={colonnes}
        onModifier={g.onModifier}
        onFautes={setFautes}
        hauteur="min(60vh, 44rem)"
      />
      {mode !== 'lire' && (
        <div className="bq-rangee">
          <span className="bq-discret bq-petit" role="status">
            {saisie.isPending || demande.isPending || enAttente.length > 0 ? 'Enregistrement…' : 'Tout est enregistré.'}
          </span>
          {modifiable && videsOf.length > 0 && (
            <Bouton variante="discret" icone={IconTrash} onClick={retirerVides}>
              Retirer les lignes sans montant ({videsOf.length})
            </Bouton>
          )}
        </div>
      )}
    </section>
  )
}
