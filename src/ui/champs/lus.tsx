import { TextInput } from '@mantine/core'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { aujourdhuiAParis, formatJour, formatMois } from '../format/jour.ts'
import { formatDecimal } from '../format/nombre.ts'
import {
  formatDuree,
  GROUPES,
  grouper,
  grouperIban,
  lireDecimal,
  lireDuree,
  lireJour,
  lireMois,
  lireMontant,
  serrer,
} from '../format/saisie.ts'
import { communs, type ProprietesChamp, useChamp } from './contexte.ts'

type Lecture = {
  /** The wire value of a typed text; `undefined`: not understood. */
  lire: (texte: string) => string | undefined
  /** How a wire value reads. */
  ecrire: (valeur: string) => string
  /** Said when the text is not understood. */
  refus: string
  inputMode?: 'decimal' | 'numeric' | 'text'
  droite?: boolean
  suffixe?: ReactNode
  chiffres?: boolean
}

/**
 * A field typed the quick way: it reads the text on leaving (or Enter), and shows what it understood. A text that it
 * does not understand stays as typed, with what was expected.
 */
function ChampLu({ lecture, ...p }: ProprietesChamp & { lecture: Lecture }) {
  const { valeur, changer, erreur, signaler } = useChamp<string>(p, '')
  const [texte, setTexte] = useState<string>()
  const [incompris, setIncompris] = useState(false)
  const derniere = useRef(valeur)
  // The value changed from outside (reply of the server, undo): the typed text is no longer what counts.
  useEffect(() => {
    if (valeur !== derniere.current) {
      derniere.current = valeur
      setTexte(undefined)
      setIncompris(false)
    }
  }, [valeur])
  const poser = (v: string) => {
    derniere.current = v
    changer(v)
    setTexte(undefined)
    setIncompris(false)
  }
  const valider = () => {
    if (texte === undefined) return
    if (texte.trim() === '') return poser('')
    const lu = lecture.lire(texte)
    if (lu !== undefined) return poser(lu)
    // Kept in the form as typed, so that sending cannot pass over it.
    derniere.current = texte
    changer(texte)
    setIncompris(true)
    signaler(lecture.refus)
  }
  const affiche = texte ?? (valeur === '' ? '' : lecture.lire(valeur) === undefined ? valeur : lecture.ecrire(valeur))
  return (
    <TextInput
      {...communs(p)}
      value={affiche}
      error={erreur ?? (incompris ? lecture.refus : undefined)}
      inputMode={lecture.inputMode ?? 'text'}
      autoComplete="off"
      spellCheck={false}
      data-droite={lecture.droite || undefined}
      data-chiffres={lecture.chiffres ?? true}
      {...(lecture.suffixe ? { rightSection: <span aria-hidden="true">{lecture.suffixe}</span> } : {})}
      onChange={(e) => {
        setTexte(e.currentTarget.value)
        // The message leaves while one types: leaving on blur, it would move the button under the mouse.
        setIncompris(false)
        signaler(null)
      }}
      onFocus={(e) => e.currentTarget.select()}
      onBlur={valider}
      onKeyDown={(e) => {
        if (e.key === 'Enter') valider()
        else if (e.key === 'Escape' && texte !== undefined) {
          e.preventDefault()
          setTexte(undefined)
        }
      }}
    />
  )
}

const MONTANT: Lecture = {
  lire: lireMontant,
  ecrire: (v) => formatDecimal(v, { decimales: 2 }),
  refus: 'Un montant est attendu, par exemple 1234,50.',
  inputMode: 'decimal',
  droite: true,
  suffixe: '€',
}

/** An amount in euros; the wire has `"1234.50"`. */
export const ChampMontant = (p: ProprietesChamp) => <ChampLu largeur="12rem" {...p} lecture={MONTANT} />

/** A number; the wire has `"17.5"`. */
export function ChampNombre({ decimales = 0, unite, ...p }: ProprietesChamp & { decimales?: number; unite?: string }) {
  const lecture: Lecture = {
    lire: (t) => lireDecimal(t, { max: decimales }),
    ecrire: (v) => formatDecimal(v),
    refus:
      decimales === 0 ? 'Un nombre entier est attendu.' : `Un nombre est attendu, avec ${decimales} décimales au plus.`,
    inputMode: 'decimal',
    droite: true,
    suffixe: unite,
  }
  return <ChampLu largeur="10rem" {...p} lecture={lecture} />
}

/** A rate in percent, as the law writes it: `"34.65"`. */
export const ChampTaux = (p: ProprietesChamp & { decimales?: number }) => <ChampNombre decimales={2} {...p} unite="%" />

/** Hours and minutes; the wire has minutes, `"450"`. */
export const ChampDuree = (p: ProprietesChamp) => <ChampLu largeur="10rem" {...p} lecture={DUREE} />
const DUREE: Lecture = {
  lire: (t) => (/^\d+$/.test(t) && t.length > 4 ? undefined : lireDuree(t)),
  ecrire: (v) => formatDuree(Number(v)),
  refus: 'Une durée est attendue, par exemple 7h30.',
  droite: true,
}

/** A day, `"2025-03-01"`. `passe`: two-digit years are in the past (births). */
export function ChampJour({ passe = false, ...p }: ProprietesChamp & { passe?: boolean }) {
  const lecture: Lecture = {
    lire: (t) => lireJour(t, { aujourdhui: aujourdhuiAParis(), passe }),
    ecrire: formatJour,
    refus: 'Une date est attendue, par exemple 010325 pour le 01/03/2025.',
    inputMode: 'numeric',
  }
  return <ChampLu largeur="10rem" {...p} lecture={lecture} />
}

/** A month, `"2025-03"`. */
export const ChampMois = (p: ProprietesChamp) => <ChampLu largeur="12rem" {...p} lecture={MOIS} />
const MOIS: Lecture = {
  lire: (t) => lireMois(t, { aujourdhui: aujourdhuiAParis() }),
  ecrire: formatMois,
  refus: 'Un mois est attendu, par exemple 0325 pour mars 2025.',
}

const identifiant = (forme: RegExp, groupes: readonly number[], refus: string): Lecture => ({
  lire: (t) => (forme.test(serrer(t)) ? serrer(t) : undefined),
  ecrire: (v) => grouper(serrer(v), groupes),
  refus,
  inputMode: 'text',
})

const SIRET = identifiant(/^\d{14}$/, GROUPES.siret, 'Un SIRET a 14 chiffres.')
const SIREN = identifiant(/^\d{9}$/, GROUPES.siren, 'Un SIREN a 9 chiffres.')
const NIR = identifiant(
  /^[1-478]\d{4}(\d\d|2[AB])\d{6}(\d\d)?$/,
  GROUPES.nir,
  'Un numéro de sécurité sociale a 13 chiffres, et sa clé de 2.',
)
const IBAN: Lecture = {
  lire: (t) => (/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(serrer(t)) ? serrer(t) : undefined),
  ecrire: (v) => grouperIban(serrer(v)),
  refus: 'Un IBAN commence par deux lettres et deux chiffres, par exemple FR76.',
}

/** The shape is checked here as it is typed; the key of the identifier is checked by the contract. */
export const ChampSiret = (p: ProprietesChamp) => <ChampLu largeur="14rem" {...p} lecture={SIRET} />
export const ChampSiren = (p: ProprietesChamp) => <ChampLu largeur="11rem" {...p} lecture={SIREN} />
export const ChampNir = (p: ProprietesChamp) => <ChampLu largeur="14rem" {...p} lecture={NIR} />
export const ChampIban = (p: ProprietesChamp) => <ChampLu largeur="22rem" {...p} lecture={IBAN} />
