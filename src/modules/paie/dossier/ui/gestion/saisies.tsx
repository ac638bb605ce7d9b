import { type ReactNode, useEffect, useRef, useState } from 'react'
import { z } from 'zod'
import { newId } from '#socle/ids.ts'
import {
  ChampCase,
  ChampChoix,
  ChampDuree,
  ChampJour,
  ChampMontant,
  ChampOptions,
  ChampTexte,
  Formulaire,
  Probleme,
} from '#ui'
import {
  type ContenuVariable,
  type zContenuVariable as Forme,
  LIBELLES_ABSENCE,
  LIBELLES_NATURE,
  PRIMES,
  zContenuVariable,
} from '../../contract.ts'
import type { Piece } from '../commun/lecteur.tsx'

type Proprietes = {
  mois: string
  brouillon: string
  pieces: readonly Piece[]
  /** The paper open beside: what is typed comes from it. */
  piece: string | undefined
  onEnregistrer: (id: string, contenu: ContenuVariable, pieceId: string | null) => Promise<void>
  onFermer: () => void
}

/** Puts the focus in the first field, and keeps one id for all the attempts of this entry. */
function Cadre({ children }: { children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => ref.current?.querySelector<HTMLElement>('input')?.focus(), [])
  return <div ref={ref}>{children}</div>
}

const useIdSaisie = () => useState(() => newId<'Variable'>())[0]

/** Messages of the contract come back under `contenu.…`; the fields here have the last word of that path. */
async function auxChamps(envoi: Promise<void>): Promise<void> {
  try {
    await envoi
  } catch (e) {
    if (!(e instanceof Probleme)) throw e
    throw new Probleme({
      status: e.status,
      code: e.code,
      title: e.titre,
      detail: e.message,
      champs: Object.fromEntries(Object.entries(e.champs).map(([nom, m]) => [nom.split('.').at(-1)!, m])),
      ...(e.incident ? { incident: e.incident } : {}),
    })
  }
}

function ChampPiece({ pieces }: { pieces: readonly Piece[] }) {
  if (pieces.length === 0) return null
  return (
    <ChampChoix
      nom="piece"
      libelle="D’après la pièce"
      choix={pieces.map((p) => ({ valeur: p.id, libelle: `N° ${p.numero} — ${LIBELLES_NATURE[p.nature]}` }))}
    />
  )
}

const zHeures = z.object({
  minutes: z
    .string('Saisissez une durée, par exemple 7h30.')
    .regex(/^[1-9]\d*$/, 'Une durée est attendue, par exemple 7h30.'),
  moment: z.enum(['jour', 'nuit', 'dimanche']),
  type: z.enum(['supplementaires', 'complementaires']),
  piece: z.string().optional(),
})

export function SaisieHeures({ brouillon, pieces, piece, onEnregistrer, onFermer }: Proprietes) {
  const id = useIdSaisie()
  return (
    <Cadre>
      <Formulaire
        forme={zHeures}
        initial={{ moment: 'jour', type: 'supplementaires', ...(piece ? { piece } : {}) }}
        libelle="Ajouter les heures"
        annuler={onFermer}
        brouillon={brouillon}
        onEnvoyer={(v) => {
          const heures = [{ type: v.type, moment: v.moment, minutes: Number(v.minutes) }]
          return auxChamps(onEnregistrer(id, { nature: 'heures', heures }, v.piece ?? null))
        }}
      >
        <ChampDuree nom="minutes" libelle="Durée" aide="7h30, ou 7,5" requis />
        <ChampOptions
          nom="moment"
          libelle="Moment"
          choix={[
            { valeur: 'jour', libelle: 'Jour' },
            { valeur: 'nuit', libelle: 'Nuit' },
            { valeur: 'dimanche', libelle: 'Dimanche ou férié' },
          ]}
        />
        <ChampOptions
          nom="type"
          libelle="Nature"
          choix={[
            { valeur: 'supplementaires', libelle: 'Supplémentaires' },
            { valeur: 'complementaires', libelle: 'Complémentaires' },
          ]}
        />
        <ChampPiece pieces={pieces} />
      </Formulaire>
    </Cadre>
  )
}

const AUTRE = 'AUTRE'

const prime = (zContenuVariable.options as readonly [unknown, (typeof Forme.options)[1], ...unknown[]])[1]
const zPrime = z
  .object({
    prime: z.string('Choisissez une prime.'),
    code: prime.shape.code.optional(),
    libelle: prime.shape.libelle.optional(),
    montant: z.string('Saisissez un montant.').pipe(prime.shape.montant),
    piece: z.string().optional(),
  })
  .superRefine((v, ctx) => {
    if (v.prime !== AUTRE) return
    if (!v.code) ctx.addIssue({ code: 'custom', path: ['code'], message: 'Donnez son code, en capitales.' })
    if (!v.libelle)
      ctx.addIssue({ code: 'custom', path: ['libelle'], message: 'Donnez un libellé : il s’imprime sur le bulletin.' })
  })

export function SaisiePrime({ brouillon, pieces, piece, onEnregistrer, onFermer }: Proprietes) {
  const id = useIdSaisie()
  const [choisie, setChoisie] = useState('')
  return (
    <Cadre>
      <Formulaire
        forme={zPrime}
        initial={piece ? { piece } : {}}
        libelle="Ajouter la prime"
        annuler={onFermer}
        brouillon={brouillon}
        onEnvoyer={(v) => {
          const connue = PRIMES[v.prime]
          return auxChamps(
            onEnregistrer(
              id,
              {
                nature: 'prime',
                code: connue ? v.prime : v.code!,
                libelle: v.libelle ?? connue!,
                montant: v.montant,
              },
              v.piece ?? null,
            ),
          )
        }}
      >
        <ChampChoix
          nom="prime"
          libelle="Prime"
          requis
          onValeur={setChoisie}
          choix={[
            ...Object.entries(PRIMES).map(([valeur, libelle]) => ({ valeur, libelle })),
            { valeur: AUTRE, libelle: 'Une autre prime' },
          ]}
        />
        {choisie === AUTRE && (
          <>
            <ChampTexte nom="code" libelle="Code" aide="Celui de la délibération, en capitales" requis />
            <ChampTexte nom="libelle" libelle="Libellé sur le bulletin" requis />
          </>
        )}
        <ChampMontant nom="montant" libelle="Montant brut" requis />
        <ChampPiece pieces={pieces} />
      </Formulaire>
    </Cadre>
  )
}

const MOTIFS = Object.keys(LIBELLES_ABSENCE) as (keyof typeof LIBELLES_ABSENCE)[]
/** What the fund pays to the employer is entered with the leave that it pays. */
const AVEC_IJSS: readonly string[] = [
  'maladie',
  'graveMaladie',
  'citis',
  'maternite',
  'paternite',
  'tempsPartielTherapeutique',
]
const AVEC_DEBUT: readonly string[] = ['maladie', 'longueMaladie', 'longueDuree', 'graveMaladie']
const AVEC_DUREE: readonly string[] = ['greve', 'serviceNonFait']

const zAbsence = z
  .object({
    motif: z.enum(MOTIFS, 'Choisissez un motif.'),
    depuis: z.string('Saisissez le premier jour.').regex(/^\d{4}-\d\d-\d\d$/, 'Une date est attendue.'),
    jusqua: z.string('Saisissez le jour de la reprise.').regex(/^\d{4}-\d\d-\d\d$/, 'Une date est attendue.'),
    sansCarence: z.boolean().optional(),
    debutArret: z.string().optional(),
    minutes: z.string().optional(),
    ijssBrutes: z.string().optional(),
    piece: z.string().optional(),
  })
  .refine((a) => a.jusqua > a.depuis, { path: ['jusqua'], message: 'La reprise vient après le début de l’absence.' })

export function SaisieAbsence({ brouillon, pieces, piece, onEnregistrer, onFermer }: Proprietes) {
  const id = useIdSaisie()
  const [motif, setMotif] = useState<string>('maladie')
  const garder = (liste: readonly string[], v: string | undefined) => (liste.includes(motif) && v ? v : null)
  return (
    <Cadre>
      <Formulaire
        forme={zAbsence}
        initial={{ motif: 'maladie', ...(piece ? { piece } : {}) }}
        libelle="Ajouter l’absence"
        annuler={onFermer}
        brouillon={brouillon}
        onEnvoyer={(v) => {
          const lu = zContenuVariable.parse({
            nature: 'absence',
            motif: v.motif,
            depuis: v.depuis,
            jusqua: v.jusqua,
            sansCarence: v.motif === 'maladie' && (v.sansCarence ?? false),
            debutArret: garder(AVEC_DEBUT, v.debutArret),
            minutes: v.minutes && garder(AVEC_DUREE, v.minutes) ? Number(v.minutes) : null,
            ijssBrutes: garder(AVEC_IJSS, v.ijssBrutes),
          })
          return auxChamps(onEnregistrer(id, lu, v.piece ?? null))
        }}
      >
        <ChampChoix
          nom="motif"
          libelle="Motif"
          requis
          onValeur={setMotif}
          choix={MOTIFS.map((valeur) => ({ valeur, libelle: LIBELLES_ABSENCE[valeur] }))}
        />
        <ChampJour nom="depuis" libelle="Premier jour d’absence" requis />
        <ChampJour nom="jusqua" libelle="Jour de la reprise" requis />
        {motif === 'maladie' && (
          <ChampCase
            nom="sansCarence"
            libelle="Sans jour de carence"
            aide="Prolongation, affection de longue durée, grossesse, accident de service"
          />
        )}
        {AVEC_DEBUT.includes(motif) && (
          <ChampJour
            nom="debutArret"
            libelle="Début du congé ou de l’arrêt prolongé"
            aide="Vide : le premier jour d’absence. Les droits et le taux se comptent de ce jour."
          />
        )}
        {AVEC_DUREE.includes(motif) && (
          <ChampDuree nom="minutes" libelle="Durée, si moins d’un jour" aide="Vide : journées entières" />
        )}
        {AVEC_IJSS.includes(motif) && (
          <ChampMontant
            nom="ijssBrutes"
            libelle="Indemnités journalières reçues"
            aide="Brutes, versées à l’employeur pour ce mois (subrogation)"
          />
        )}
        <ChampPiece pieces={pieces} />
      </Formulaire>
    </Cadre>
  )
}
