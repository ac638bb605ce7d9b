import type { useForm } from '@mantine/form'
import { createContext, useContext } from 'react'

export type Valeurs = Record<string, unknown>
export type Formul = ReturnType<typeof useForm<Valeurs>>

/** The form around a field; a field may also live alone with `valeur` and `onValeur`. */
export const ContexteFormulaire = createContext<Formul | undefined>(undefined)

export type ProprietesChamp<V = string> = {
  libelle: string
  /** Path in the contract (`adresse.codePostal`): binds to the form around. */
  nom?: string
  /** One line under the label. */
  aide?: string | undefined
  requis?: boolean
  desactive?: boolean
  valeur?: V | undefined
  onValeur?: (v: V) => void
  erreur?: string | undefined
  /** CSS width of what is expected, so that the eye knows its size. */
  largeur?: string
  /** Letter that brings the focus here with Alt. */
  touche?: string
}

type Lie<V> = { valeur: V; changer: (v: V) => void; erreur: string | undefined; signaler: (m: string | null) => void }

/** The value of a field and how to change it, from the form or from its own properties. */
export function useChamp<V>(p: ProprietesChamp<V>, vide: V): Lie<V> {
  const form = useContext(ContexteFormulaire)
  if (form && p.nom !== undefined) {
    const nom = p.nom
    const lu = form.getInputProps(nom) as { value?: V; error?: unknown }
    return {
      valeur: lu.value ?? vide,
      changer: (v) => {
        form.setFieldValue(nom, v as never)
        form.clearFieldError(nom)
        p.onValeur?.(v)
      },
      erreur: typeof lu.error === 'string' ? lu.error : p.erreur,
      signaler: (m) => (m === null ? form.clearFieldError(nom) : form.setFieldError(nom, m)),
    }
  }
  return { valeur: p.valeur ?? vide, changer: (v) => p.onValeur?.(v), erreur: p.erreur, signaler: () => {} }
}

/** What every Mantine input receives from our properties. */
export const communs = (
  p: ProprietesChamp<never> | ProprietesChamp<string> | ProprietesChamp<string[]> | ProprietesChamp<boolean>,
) => ({
  label: p.libelle,
  ...(p.aide ? { description: p.aide } : {}),
  // The asterisk alone says nothing: « (obligatoire) » is in the label of the compulsory field through CSS and aria.
  required: p.requis ?? false,
  disabled: p.desactive ?? false,
  ...(p.nom ? { name: p.nom } : {}),
  ...(p.largeur ? { style: { maxWidth: p.largeur } } : {}),
  ...(p.touche ? { 'data-touche': p.touche } : {}),
})
