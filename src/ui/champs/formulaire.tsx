import { useForm } from '@mantine/form'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import type { z } from 'zod'
import { Probleme } from '../api/client.ts'
import { Bouton } from '../composants/bouton.tsx'
import { Encart } from '../composants/etat.tsx'
import { formatInstant } from '../format/jour.ts'
import { effacerBrouillon, garderBrouillon, lireBrouillon } from './brouillon.ts'
import { ContexteFormulaire, type Valeurs } from './contexte.ts'
import { erreursDe, nettoyer } from './valeurs.ts'

/**
 * A form is its contract: the zod shape of the route checks it, the refusals of the server stand at their field.
 * `brouillon`: what is typed is kept under this name until it is sent.
 */
export function Formulaire<F extends z.ZodType>({
  forme,
  initial = {},
  onEnvoyer,
  libelle = 'Enregistrer',
  touche,
  annuler,
  brouillon,
  children,
}: {
  forme: F
  initial?: Partial<z.input<F>>
  onEnvoyer: (valeurs: z.input<F>) => Promise<unknown>
  /** Text of the button. */
  libelle?: string
  touche?: string
  annuler?: () => void
  brouillon?: string
  children: ReactNode
}) {
  const repris = useRef(brouillon ? lireBrouillon(brouillon) : undefined)
  const form = useForm<Valeurs>({ initialValues: { ...(initial as Valeurs), ...repris.current?.valeurs } })
  const [enCours, setEnCours] = useState(false)
  const [refus, setRefus] = useState<Error>()
  const [garde, setGarde] = useState<Date>()
  const [montrerRepris, setMontrerRepris] = useState(repris.current !== undefined)
  const element = useRef<HTMLFormElement>(null)
  const touchees = useRef(false)

  const { values } = form
  useEffect(() => {
    if (!brouillon || !touchees.current) return
    const t = setTimeout(() => {
      if (garderBrouillon(brouillon, values)) setGarde(new Date())
    }, 500)
    return () => clearTimeout(t)
  }, [brouillon, values])

  const focusErreur = () =>
    requestAnimationFrame(() => element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())

  const envoyer = async (e: FormEvent) => {
    e.preventDefault()
    if (enCours) return
    setRefus(undefined)
    // A field in the middle of typing gives its value on blur; Enter inside it has already given it.
    const valeurs = nettoyer(form.getValues())
    const erreurs = erreursDe(forme, valeurs)
    form.setErrors(erreurs)
    if (Object.keys(erreurs).length > 0) return focusErreur()
    setEnCours(true)
    try {
      await onEnvoyer(valeurs as z.input<F>)
      if (brouillon) effacerBrouillon(brouillon)
      touchees.current = false
      setGarde(undefined)
      setMontrerRepris(false)
    } catch (erreur) {
      setRefus(erreur as Error)
      if (erreur instanceof Probleme && Object.keys(erreur.champs).length > 0) {
        form.setErrors(erreur.champs)
        focusErreur()
      }
    } finally {
      setEnCours(false)
    }
  }

  const repartir = () => {
    if (brouillon) effacerBrouillon(brouillon)
    touchees.current = false
    form.setValues(
      Object.fromEntries(Object.keys(form.getValues()).map((nom) => [nom, (initial as Valeurs)[nom] ?? ''])),
    )
    setMontrerRepris(false)
    setGarde(undefined)
  }

  // A message about a field that is not on screen would be lost: it is told above.
  const orphelines = Object.entries(refus instanceof Probleme ? refus.champs : {}).filter(
    ([nom]) => !element.current?.elements.namedItem(nom),
  )

  return (
    <form
      ref={element}
      className="bq-formulaire"
      noValidate
      onSubmit={envoyer}
      onInput={() => {
        touchees.current = true
      }}
      onBlur={() => {
        touchees.current = touchees.current || form.isDirty()
      }}
    >
      {refus && (
        <Encart etat="bloquant" titre={refus instanceof Probleme ? refus.titre : 'Incident'}>
          {refus.message}
          {refus instanceof Probleme && refus.incident && <div className="bq-petit">Incident {refus.incident}</div>}
          {orphelines.length > 0 && (
            <ul>
              {orphelines.map(([nom, m]) => (
                <li key={nom}>{m}</li>
              ))}
            </ul>
          )}
        </Encart>
      )}
      {montrerRepris && repris.current && (
        <p className="bq-discret" role="status">
          Saisie du {formatInstant(repris.current.date)} reprise là où vous l’aviez laissée.{' '}
          <button type="button" className="bq-lien" onClick={repartir}>
            Repartir de zéro
          </button>
        </p>
      )}
      <p className="bq-discret bq-petit bq-obligatoire">Les champs marqués d’un astérisque (*) sont obligatoires.</p>
      <ContexteFormulaire value={form}>{children}</ContexteFormulaire>
      <div className="bq-formulaire-actes">
        <Bouton variante="principal" type="submit" enCours={enCours} {...(touche ? { touche } : {})}>
          {libelle}
        </Bouton>
        {annuler && (
          <Bouton variante="discret" onClick={annuler}>
            Annuler
          </Bouton>
        )}
        {garde && (
          <span className="bq-discret" role="status">
            Brouillon gardé
          </span>
        )}
      </div>
    </form>
  )
}

/** Fields that go together, under a title. `colonnes`: side by side when there is room. */
export function GroupeChamps({
  titre,
  colonnes = 1,
  children,
}: {
  titre?: string
  colonnes?: 1 | 2 | 3
  children: ReactNode
}) {
  return (
    <fieldset className="bq-groupe" data-colonnes={colonnes}>
      {titre && <legend>{titre}</legend>}
      {children}
    </fieldset>
  )
}
